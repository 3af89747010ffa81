import { operationTable } from "@ghlkit/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Call, CallOptions } from "../../src/call/call-types.ts";
import { buildClient } from "../../src/build-client.ts";
import { isGhlError, type PipelineOptions } from "../../src/index.ts";
import { rejection } from "../recorded-fetch.ts";

type Method = (input?: unknown, options?: CallOptions) => Call<unknown>;
type Services = Record<string, Record<string, Method>>;

function client(options: PipelineOptions): Services {
  return buildClient(operationTable, { fetch: async () => new Response("{}"), baseUrl: "https://example.com", ...options }) as Services;
}

/** Waits for whatever becomes of a call. */
async function outcome(make: () => Promise<unknown>): Promise<unknown> {
  return make().then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("nothing but a GhlError leaves a call", () => {
  const throwing = {
    get locationId(): string {
      throw new RangeError("no");
    },
  };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();

  it.each<[string, unknown]>([
    ["null", null],
    ["a text", "contact-1"],
    ["a number", 7],
    ["a list", ["contact-1"]],
    ["a getter that throws", throwing],
    ["a proxy that was revoked", revoked.proxy],
    ["half a character", { contactId: "\ud800" }],
    ["half a character in the query", { contactId: "c", q: "\udfff" }],
    ["an object in the query", { contactId: "c", q: {} }],
    ["NaN in the path", { contactId: Number.NaN }],
  ])("whatever the input is: %s", async (_, input) => {
    expect(await outcome(async () => client({})["contacts"]?.["get"]?.(input))).toMatchObject({ code: "invalid_request", attempts: 0 });
  });

  it.each<[string, object]>([
    [
      "a circle",
      (() => {
        const body: Record<string, unknown> = {};
        body["self"] = body;
        return body;
      })(),
    ],
    [
      "a toJSON that throws",
      {
        when: {
          toJSON: () => {
            throw new Error("no");
          },
        },
      },
    ],
    ["a bigint", { n: 1n }],
  ])("whatever the body is: %s", async (_, body) => {
    expect(await outcome(async () => client({})["contacts"]?.["create"]?.({ body }))).toMatchObject({ code: "invalid_request" });
  });

  it.each<[string, CallOptions]>([
    ["a timeout of NaN", { timeoutMs: Number.NaN }],
    ["a timeout below 0", { timeoutMs: -1 }],
    ["a timeout that is no number", { timeoutMs: "5" as never }],
    ["a deadline of NaN", { deadlineMs: Number.NaN }],
    ["a deadline below 0", { deadlineMs: -1 }],
    ["a lane that does not exist", { priority: "urgent" as never }],
    ["a signal that is none", { signal: {} as never }],
    ["headers that are no object", { headers: new Headers({ a: "b" }) as never }],
    ["a header that no header may be", { headers: { "a b": "c" } }],
  ])("refuses %s", async (_, options) => {
    expect(await outcome(async () => client({})["contacts"]?.["get"]?.({ contactId: "c" }, options))).toMatchObject({
      code: "invalid_request",
    });
  });

  it("takes Infinity and null options for no limit and none", async () => {
    const get = client({})["contacts"]?.["get"] as Method;
    expect(await outcome(() => get({ contactId: "c" }, { timeoutMs: Infinity, deadlineMs: Infinity }))).toBeUndefined();
    expect(await outcome(() => get({ contactId: "c" }, null as never))).toBeUndefined();
  });

  it("whatever a list, a raw request or a path is given", async () => {
    const services = client({});
    const raw = services as unknown as {
      request: (method: unknown, path: unknown, options?: unknown) => Promise<unknown>;
      GET: (path: unknown) => Promise<{ error?: unknown }>;
    };
    const search = services["contacts"]?.["search"] as Method;
    const throwing = {
      toString: () => {
        throw new Error("no");
      },
    };
    const calls: (() => Promise<unknown>)[] = [
      ...[42, null, "ab", [1, 2], new Map(), new FormData()].map((body) => async () => search({ body })),
      async () =>
        search({
          get body(): string {
            throw new Error("no");
          },
        }),
      async () => search({ body: { locationId: "l" } }, { resume: '["contacts.search",5,{"locationId":"OTHER"}]' } as never),
      async () => raw.request("GET", Symbol("x")),
      async () => raw.request(throwing, "/x"),
      async () => raw.request("POST", "/x", { version: "a\nb", body: {} }),
      async () => raw.request("POST", "/x", { headers: { "content-length": "1" }, body: {} }),
      async () => raw.request("POST", "/x", { headers: { a: null }, body: {} }),
    ];
    for (const make of calls) expect(await outcome(make)).toMatchObject({ code: "invalid_request" });
    expect((await raw.GET(Symbol("x"))).error).toMatchObject({ code: "invalid_request" });
    expect(await outcome(() => raw.request("GET", "/x", { headers: { a: undefined } }))).toBeUndefined();
  });

  it.each<[string, PipelineOptions]>([
    [
      "a layer that throws",
      {
        layers: [
          () => () => {
            throw new TypeError("layer");
          },
        ],
      },
    ],
    ["a layer that rejects with a text", { layers: [() => () => Promise.reject("text")] }],
    ["a layer that answers nothing", { layers: [() => async () => undefined as never] }],
    [
      "a fetch that throws",
      {
        fetch: () => {
          throw new TypeError("fetch");
        },
      },
    ],
    ["a fetch that answers nothing", { fetch: async () => undefined as never }],
    ["a fetch that rejects with nothing", { fetch: () => Promise.reject(undefined) }],
    [
      "credentials that throw",
      {
        credentials: {
          principal: () => {
            throw new TypeError("x");
          },
          stamp: (next) => next,
        },
      },
    ],
    [
      "a stamp that throws",
      {
        credentials: {
          principal: () => ({ app: "a", kind: "location", resource: "r" }),
          stamp: () => () => {
            throw new TypeError("x");
          },
        },
      },
    ],
  ])("whatever is thrown inside: %s", async (_, options) => {
    const error = await rejection(client(options)["contacts"]?.["get"]?.({ contactId: "c" }) as Call<unknown>);
    expect(isGhlError(error)).toBe(true);
  });

  it("whatever any value in any place of any operation is", async () => {
    const services = client({});
    const ids = operationTable.operations().map(({ id }) => id);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ids),
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withTypedArray: true }),
        fc.anything(),
        async (id, input, body) => {
          const [service = "", name = ""] = id.split(".");
          const given = typeof input === "object" && input !== null && !Array.isArray(input) ? { ...input, body } : input;
          const error = await outcome(async () => services[service]?.[name]?.(given));
          expect(error === undefined || isGhlError(error)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
