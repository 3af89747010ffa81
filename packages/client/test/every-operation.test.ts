import { operationTable } from "@ghlkit/contract";
import { operationTable as v2Table } from "@ghlkit/contract/v2";
import { createEmulator } from "@ghlkit/emulator";
import { isGhlError, type FetchLike } from "@ghlkit/core";
import { describe, expect, it } from "vitest";
import { createClient } from "../src/index.ts";
import { createClient as createV2Client } from "../src/v2.ts";
import { expectedRequest, type ExpectedRequest } from "./expected-request.ts";
import { calls } from "./generated/calls-v3.ts";
import { calls as v2Calls } from "./generated/calls-v2.ts";

const emulator = createEmulator({ enforceBurstLimit: false, enforceDailyQuota: false, versionMode: "strict" });

/** Sends to the emulator in process, with a token that the operation accepts, and keeps the request. */
function recorder(tokens: readonly string[]): { readonly fetch: FetchLike; readonly sent: () => Request } {
  let request: Request | undefined;
  const { appLocation, appCompany, location, agency } = emulator.seed.tokens;
  const token =
    tokens.length === 0 || tokens.includes("location")
      ? location
      : tokens.includes("locationOAuth")
        ? appLocation
        : tokens.includes("agency")
          ? agency
          : appCompany;
  return {
    fetch: async (url, init) => {
      request = new Request(url, { ...init, headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` } });
      return emulator.fetch(request.clone());
    },
    sent: () => request as Request,
  };
}

type Input = Readonly<Record<string, unknown>>;
type Sample = (client: never) => Promise<unknown>;

/** What a sample call hands to the facade. */
function inputOf(sample: Sample): Input {
  let given: Input = {};
  const service = new Proxy(
    {},
    {
      get:
        () =>
        (input: Input = {}) =>
          Promise.resolve((given = input)),
    },
  );
  void sample(new Proxy({}, { get: () => service }) as never);
  return given;
}

function sentQuery(url: URL): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name)]));
}

/** Lists repeat their key, or stand in one value joined with commas where the document says so; `petIdInQuery` is the `petId` of the query. */
function expectedQuery(input: Input, { pathNames, commaNames }: ExpectedRequest): Readonly<Record<string, readonly string[]>> {
  const entries = Object.entries(input).filter(([name]) => name !== "body" && !pathNames.has(name));
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const all = (Array.isArray(value) ? value : [value]).map(String);
      const ofPath = name.replace(/InQuery$/, "");
      if (pathNames.has(ofPath)) return [ofPath, all] as const;
      return [name, commaNames.has(name) ? [all.join(",")] : all] as const;
    }),
  );
}

/** The body in a form that can be compared: JSON parsed, forms as names and values, files by their text. */
async function sentBody(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (type.includes("json")) return request.json();
  const form = await request.formData();
  return Promise.all([...form].map(async ([name, value]) => [name, typeof value === "string" ? value : await value.text()]));
}

function expectedBody(body: unknown, { contentType }: ExpectedRequest): unknown {
  if (contentType === "application/json") return body;
  const values = Object.entries(body as Input).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one: unknown) => [name, one] as const),
  );
  return values.map(([name, value]) => [
    name,
    value instanceof Blob ? "sample" : typeof value === "object" ? JSON.stringify(value) : String(value),
  ]);
}

/** A request that reached its handler may still name a record that is not there, or lack what only this record needs. */
const reached = new Set(["not_found", "resource_forbidden", "bad_request", "duplicate"]);
/** Its document calls dates texts: the sample is none, and is refused by its handler. */
const untypedDates = new Set(["marketplace.listCharges"]);

describe.each([
  ["v3", operationTable.operations(), calls, (fetch: FetchLike) => createClient({ baseUrl: "http://127.0.0.1", fetch })] as const,
  ["v2", v2Table.operations(), v2Calls, (fetch: FetchLike) => createV2Client({ baseUrl: "http://127.0.0.1", fetch })] as const,
])("every operation of %s, called once through the facade", (generation, operations, samples, connect) => {
  it("has a sample call", () => {
    expect(Object.keys(samples).toSorted()).toEqual(operations.map(({ id }) => id).toSorted());
  });

  it.each(operations.map((operation) => [operation.id, operation] as const))("%s", async (id, operation) => {
    const { fetch, sent } = recorder(operation.tokens);
    const outcome = await samples[id]?.(connect(fetch) as never).then(
      () => "answered",
      (error: unknown) => (isGhlError(error) ? error : Promise.reject(error)),
    );
    const expected = await expectedRequest(generation, operation);
    const request = sent();
    const url = new URL(request.url);
    expect(request.method).toBe(expected.method);
    expect(url.pathname).toMatch(expected.path);
    expect(request.headers.get("version") ?? undefined).toBe(expected.version);
    const input = inputOf(samples[id] as Sample);
    expect(sentQuery(url)).toEqual(expectedQuery(input, expected));
    expect([...url.searchParams.keys()].filter((name) => !expected.queryNames.has(name))).toEqual([]);
    if (input["body"] !== undefined) {
      expect(request.headers.get("content-type")?.split(";")[0]).toBe(expected.contentType);
      const first = operation.pagination?.in === "body" ? operation.pagination.first : undefined;
      const body = first === undefined ? input["body"] : { ...first, ...(input["body"] as Input) };
      expect(await sentBody(request)).toEqual(expectedBody(body, expected));
    }
    if (typeof outcome !== "object") return;
    if (untypedDates.has(id)) expect(outcome.message).toContain("startDate must be a valid ISO 8601 date string");
    else expect(`${outcome.code}: ${outcome.message}`).toMatch(new RegExp(`^(${[...reached].join("|")}):`));
  });
});
