import { describe, expect, it } from "vitest";
import { scope } from "../scope.ts";
import { rawRequest } from "../../src/call/raw-request.ts";
import { recordedFetch, rejection } from "../recorded-fetch.ts";

describe("client.request", () => {
  it("sends what the contract does not know through the same pipeline", async () => {
    const { fetch, requests } = recordedFetch({ pipelines: [] });
    const request = rawRequest(scope({ fetch, baseUrl: "https://example.com/base" }));
    const data = await request("post", "/opportunities/pipelines", { version: "v3", query: { a: 1 }, body: { name: "x" } });
    expect(data).toEqual({ pipelines: [] });
    expect(requests[0]).toEqual({
      method: "POST",
      url: "https://example.com/base/opportunities/pipelines?a=1",
      headers: { accept: "application/json", version: "v3", "content-type": "application/json" },
      body: '{"name":"x"}',
    });
  });

  it("names method and path in errors, and gives what is no JSON as text or bytes", async () => {
    const pdf = new Uint8Array([37, 80, 68, 70, 255, 0]);
    const { fetch } = recordedFetch(
      new Response('{"message":"no"}', { status: 404 }),
      new Response(pdf, { headers: { "content-type": "application/pdf" } }),
      new Response("plain", { headers: { "content-type": "text/plain" } }),
    );
    const reported: unknown[] = [];
    const request = rawRequest(scope({ fetch, onEvent: (_, call) => reported.push(call.operation) }));
    expect(await rejection(request("get", "/x"))).toMatchObject({ code: "not_found", operation: "GET /x" });
    expect(new Uint8Array(await ((await request("GET", "/x")) as Blob).arrayBuffer())).toEqual(pdf);
    expect(await request("GET", "/x")).toBe("plain");
  });

  it.each([
    "https://evil.example/x",
    "//evil.example/x",
    "relative",
    "/a/../b",
    "/a/%2E%2e/b",
    "/a/.%2e/b",
    "/a?b=1",
    "/a#b",
    "/a\\b",
    "@evil.example",
    "/a/.\n./b",
    "/a/.\t./b",
    "/a/.\r./b",
    "/a/\n../b",
    "/\n/evil.example/x",
    "/a/. ./b",
    "/a\u0000b",
    "/a\u00a0b",
    "",
    undefined as unknown as string,
    7 as unknown as string,
  ])("never sends the token elsewhere: %j", async (path) => {
    const { fetch, requests } = recordedFetch();
    const request = rawRequest(scope({ fetch }));
    expect(await rejection(request("GET", path))).toMatchObject({ code: "invalid_request" });
    expect(requests).toHaveLength(0);
  });

  it.each([
    ["GET\r\nx", {}],
    ["CONNECT", {}],
    ["", {}],
    [undefined as unknown as string, {}],
    ["GET", { body: {} }],
    ["POST", { body: "{}" }],
    ["POST", { body: 42 }],
    ["POST", { body: null }],
    ["POST", { body: new Uint8Array(2) }],
    ["POST", { headers: new Map() as never }],
  ] as const)("refuses what fetch would refuse, before anything is sent: %j %j", async (method, options) => {
    const { fetch, requests } = recordedFetch();
    expect(await rejection(rawRequest(scope({ fetch }))(method, "/x", options))).toMatchObject({ code: "invalid_request" });
    expect(requests).toHaveLength(0);
  });
});
