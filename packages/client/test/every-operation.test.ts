import { operationTable } from "@ghlkit/contract";
import { operationTable as datedTable } from "@ghlkit/contract/v2";
import { createEmulator } from "@ghlkit/emulator";
import { isGhlError, type FetchLike } from "@ghlkit/core";
import { describe, expect, it } from "vitest";
import { createClient } from "../src/index.ts";
import { createClient as createDatedClient } from "../src/v2.ts";
import { expectedRequest } from "./expected-request.ts";
import { calls } from "./generated/calls-v3.ts";
import { calls as datedCalls } from "./generated/calls-v2.ts";

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

/** A request that reached its handler may still name a record that is not there, or lack what only this record needs. */
const reached = new Set(["not_found", "resource_forbidden", "bad_request", "duplicate"]);

describe.each([
  ["v3", operationTable.operations(), calls, (fetch: FetchLike) => createClient({ baseUrl: "http://127.0.0.1", fetch })] as const,
  ["v2", datedTable.operations(), datedCalls, (fetch: FetchLike) => createDatedClient({ baseUrl: "http://127.0.0.1", fetch })] as const,
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
    for (const [name, value] of url.searchParams) {
      expect(expected.queryNames).toContain(name);
      if (expected.commaNames.has(name)) expect(url.searchParams.getAll(name)).toEqual([value]);
    }
    if (request.body !== null) expect(request.headers.get("content-type")?.split(";")[0]).toBe(expected.contentType);
    if (typeof outcome === "object") expect(`${outcome.code}: ${outcome.message}`).toMatch(new RegExp(`^(${[...reached].join("|")}):`));
  });
});
