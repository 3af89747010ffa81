import { describe, expect, it } from "vitest";
import { createPipeline } from "../../src/pipeline.ts";
import { rawRequest } from "../../src/call/raw-request.ts";
import { recordedFetch, rejection } from "../recorded-fetch.ts";

describe("client.request", () => {
  it("sends what the contract does not know through the same pipeline", async () => {
    const { fetch, requests } = recordedFetch({ pipelines: [] });
    const request = rawRequest(createPipeline({ fetch, baseUrl: "https://example.com/base" }), undefined);
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
    const told: unknown[] = [];
    const request = rawRequest(createPipeline({ fetch, onEvent: (_, call) => told.push(call.operation) }), undefined);
    expect(await rejection(request("get", "/x"))).toMatchObject({ code: "not_found", operation: "GET /x" });
    expect(new Uint8Array(await ((await request("GET", "/x")) as Blob).arrayBuffer())).toEqual(pdf);
    expect(await request("GET", "/x")).toBe("plain");
  });

  it.each(["https://evil.example/x", "//evil.example/x", "relative", "/a/../b", "/a/%2E%2e/b", "/a?b=1", "/a#b", "/a\\b", "@evil.example"])(
    "never sends the token elsewhere: %s",
    async (path) => {
      const { fetch, requests } = recordedFetch();
      const request = rawRequest(createPipeline({ fetch }), undefined);
      expect(await rejection(request("GET", path))).toMatchObject({ code: "invalid_request" });
      expect(requests).toHaveLength(0);
    },
  );
});
