import type { Operation } from "@ghlkit/contract";
import type { Credentials, Layer } from "@ghlkit/core";
import { describe, expect, it } from "vitest";
import type { Call, CallOptions } from "../src/call/call-types.ts";
import { buildClient } from "../src/build-client.ts";
import { createPipeline } from "../src/pipeline.ts";
import { operation, tableOf } from "./operation.ts";
import { recordedFetch, rejection } from "./recorded-fetch.ts";

type Method = (input?: object, options?: CallOptions) => Call<unknown>;
type Client = Record<string, Record<string, Method>> & { location: (id: string) => Client; company: (id: string) => Client };

const get = operation({ id: "contacts.get", path: "/contacts/{contactId}" });
const create = operation({
  id: "contacts.create",
  method: "POST",
  path: "/contacts/",
  body: "json",
  version: "2021-07-28",
  tenant: [{ name: "locationId", in: "body" }],
});
const invoices = operation({
  id: "invoices.list",
  path: "/invoices/",
  version: null,
  comma: ["fields"],
  tenant: [
    { name: "altId", in: "query" },
    { name: "altType", in: "query" },
  ],
});
const agencyOnly = operation({
  id: "saas.list",
  path: "/saas/{companyId}",
  tokens: ["agency"],
  tenant: [{ name: "companyId", in: "path" }],
});

function client(fetch: ReturnType<typeof recordedFetch>["fetch"], ...rows: readonly Operation[]): Client {
  return buildClient(tableOf(...rows), { fetch, baseUrl: "https://example.com" }) as unknown as Client;
}

describe("a facade call", () => {
  it("carries method, path, Version and query of its row", async () => {
    const { fetch, requests } = recordedFetch({ contact: { id: "é" } });
    const data = await client(fetch, get).contacts?.["get"]?.({ contactId: "ü/1", extra: "x y" });
    expect(data).toEqual({ contact: { id: "é" } });
    expect(requests).toEqual([
      {
        method: "GET",
        url: "https://example.com/contacts/%C3%BC%2F1?extra=x%20y",
        headers: { accept: "application/json", version: "v3" },
        body: undefined,
      },
    ]);
  });

  it("sends no Version where the operation declares none, and lets options add headers", async () => {
    const { fetch, requests } = recordedFetch({});
    await client(fetch, invoices).invoices?.["list"]?.({ fields: ["a", "b"] }, { headers: { "X-Own": "1" } });
    expect(requests[0]).toMatchObject({
      url: "https://example.com/invoices/?fields=a%2Cb",
      headers: { accept: "application/json", "x-own": "1" },
    });
    expect(requests[0]?.headers).not.toHaveProperty("version");
  });

  it("is sent when it is made, not when it is awaited", async () => {
    const { fetch, requests } = recordedFetch({});
    const call = client(fetch, get).contacts?.["get"]?.({ contactId: "1" });
    expect(requests).toHaveLength(1);
    await call;
    expect(requests).toHaveLength(1);
  });

  it("shares one execution with withResponse()", async () => {
    const answer = new Response('{"ok":1,"traceId":"t-1"}', { headers: { "x-ratelimit-remaining": "42" } });
    const { fetch, requests } = recordedFetch(answer);
    const call = client(fetch, get).contacts?.["get"]?.({ contactId: "1" }) as Call<unknown>;
    const [data, full] = await Promise.all([call, call.withResponse()]);
    expect(requests).toHaveLength(1);
    expect(full).toMatchObject({ data, traceId: "t-1", attempts: 1 });
    expect(full.rate.remaining).toBe(42);
    expect(await full.response.json()).toEqual(data);
  });

  it("reports a failure once, whether the call or its response is awaited", async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): number => unhandled.push(reason);
    process.on("unhandledRejection", listen);
    try {
      const { fetch } = recordedFetch(new Response("{}", { status: 404 }), new Response("{}", { status: 404 }));
      const method = client(fetch, get).contacts?.["get"] as Method;
      expect(await rejection(method({ contactId: "1" }).withResponse())).toMatchObject({ code: "not_found" });
      expect(await rejection(method({ contactId: "1" }))).toMatchObject({ code: "not_found" });
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(unhandled).toEqual([]);
    } finally {
      process.off("unhandledRejection", listen);
    }
  });

  it("rejects, never throws, for a request that it refuses", async () => {
    const { fetch, requests } = recordedFetch();
    const call = client(fetch, get).contacts?.["get"]?.({ contactId: ".." }) as Call<unknown>;
    expect(await rejection(call)).toMatchObject({ code: "invalid_request", operation: "contacts.get" });
    expect(requests).toHaveLength(0);
  });

  it("takes an empty success as no data, and refuses one that is not JSON", async () => {
    const { fetch } = recordedFetch("", "<html>", new Response(null, { status: 204 }));
    const method = client(fetch, get).contacts?.["get"] as Method;
    expect(await method({ contactId: "1" })).toBeUndefined();
    expect(await rejection(method({ contactId: "1" }))).toMatchObject({ code: "invalid_response", status: 200 });
    expect(await method({ contactId: "1" })).toBeUndefined();
  });

  it("keeps fields that the contract does not know", async () => {
    const { fetch } = recordedFetch({ contact: { somethingNew: [1] } });
    expect(await client(fetch, get).contacts?.["get"]?.({ contactId: "1" })).toEqual({ contact: { somethingNew: [1] } });
  });
});

describe("a bound client", () => {
  it("fills tenant parameters in path, query and body, and leaves given ones alone", async () => {
    const { fetch, requests } = recordedFetch({}, {}, {}, {});
    const location = client(fetch, create, invoices, agencyOnly).location("loc1");
    await location.contacts?.["create"]?.({ body: { name: "Ada" } });
    await location.contacts?.["create"]?.({ body: { name: "Ada", locationId: "other" } });
    await location.invoices?.["list"]?.({});
    await client(fetch, agencyOnly).company("co1").saas?.["list"]?.();
    expect(requests.map(({ url, body }) => [url.replace("https://example.com", ""), body])).toEqual([
      ["/contacts/", '{"name":"Ada","locationId":"loc1"}'],
      ["/contacts/", '{"name":"Ada","locationId":"other"}'],
      ["/invoices/?altId=loc1&altType=location", undefined],
      ["/saas/co1", undefined],
    ]);
  });

  it("has only what its kind of token may call", () => {
    const { fetch } = recordedFetch();
    const both = client(fetch, create, agencyOnly);
    expect(both.location("l").saas?.["list"]).toBeUndefined();
    expect(both.company("c").contacts?.["create"]).toBeUndefined();
    expect(both.saas?.["list"]).toBeDefined();
    expect(() => both.location(" ")).toThrow(TypeError);
  });

  it("sets the principal, which layers see, and the token is stamped inside them", async () => {
    const seen: unknown[] = [];
    const spy: Layer = (next) => async (request, context) => {
      seen.push([context.operation?.id, context.principal, "authorization" in request.headers]);
      return next(request, context);
    };
    const credentials: Credentials = {
      principal: (_, bound) => ({ app: "private", kind: bound?.kind ?? "location", resource: bound?.resource ?? "own" }),
      stamp: (next) => (request, context) => next({ ...request, headers: { ...request.headers, authorization: "Bearer x" } }, context),
    };
    const { fetch, requests } = recordedFetch({}, {});
    const pipeline = createPipeline({ fetch, credentials, layers: [spy], baseUrl: "https://example.com" });
    const one = buildClient(tableOf(get), { pipeline }) as unknown as Client;
    const other = buildClient(tableOf(get), { pipeline }) as unknown as Client;
    await one.contacts?.["get"]?.({ contactId: "1" });
    await other.location("loc2").contacts?.["get"]?.({ contactId: "1" });
    expect(seen).toEqual([
      ["contacts.get", { app: "private", kind: "location", resource: "own" }, false],
      ["contacts.get", { app: "private", kind: "location", resource: "loc2" }, false],
    ]);
    expect(requests.every(({ headers }) => headers["authorization"] === "Bearer x")).toBe(true);
  });
});

describe("the options of a call", () => {
  it("reach the layers, and what layers tell reaches onEvent", async () => {
    const seen: unknown[] = [];
    const reported: unknown[] = [];
    const spy: Layer = (next) => async (request, context) => {
      seen.push([context.priority, context.timeoutMs, context.fresh, (context.deadline ?? 0) > Date.now() + 4000]);
      context.emit({ type: "collapsed" });
      return next(request, context);
    };
    const { fetch } = recordedFetch({}, {});
    const pipeline = createPipeline({
      fetch,
      layers: [spy],
      baseUrl: "https://example.com",
      timeoutMs: 700,
      onEvent: ({ type }) => reported.push(type),
    });
    const method = (buildClient(tableOf(get), { pipeline }) as unknown as Client).contacts?.["get"] as Method;
    await method({ contactId: "1" }, { priority: "bulk", timeoutMs: 5, deadlineMs: 5000, fresh: true });
    await method({ contactId: "1" });
    expect(seen).toEqual([
      ["bulk", 5, true, true],
      ["interactive", 700, undefined, false],
    ]);
    expect(reported).toEqual(["collapsed", "sent", "collapsed", "sent"]);
  });

  it("deadlineMs ends the call without any layer", async () => {
    const { fetch, requests } = recordedFetch({});
    const hanging = client(() => new Promise(() => undefined), get).contacts?.["get"] as Method;
    expect(await rejection(hanging({ contactId: "1" }, { deadlineMs: 30 }))).toMatchObject({ code: "timeout", scope: "total" });
    const late = client(fetch, get).contacts?.["get"] as Method;
    expect(await rejection(late({ contactId: "1" }, { deadlineMs: 0 }))).toMatchObject({ code: "timeout", scope: "total", sent: false });
    expect(requests).toHaveLength(0);
  });

  it.each([{ "x-a": "\u2192" }, { "bad name": "x" }, { authorization: "Bearer secret\nx" }])(
    "refuses headers that cannot be sent, without showing them: %j",
    async (headers) => {
      const { fetch, requests } = recordedFetch();
      const method = client(fetch, get).contacts?.["get"] as Method;
      const error = await rejection(method({ contactId: "1" }, { headers }));
      expect(error).toMatchObject({ code: "invalid_request" });
      expect(JSON.stringify(error)).not.toContain("secret");
      expect(requests).toHaveLength(0);
    },
  );
});
