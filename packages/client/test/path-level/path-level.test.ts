import type { HttpMethod } from "@ghlkit/contract";
import { describe, expect, it } from "vitest";
import { pathLevel } from "../../src/path-level/path-level.ts";
import { createPipeline } from "../../src/pipeline.ts";
import { operation } from "../operation.ts";
import { recordedFetch } from "../recorded-fetch.ts";

const rows = [
  operation({ id: "contacts.get", path: "/contacts/{contactId}" }),
  operation({ id: "ads.report", path: "/ads", version: "2021-07-28", comma: ["fields"] }),
  operation({ id: "contacts.create", method: "POST", path: "/contacts/", body: "json" }),
  operation({ id: "medias.upload", method: "POST", path: "/medias/upload-file", body: "multipart" }),
  operation({ id: "oauth.token", method: "POST", path: "/oauth/token", body: "form" }),
];

function level(...answers: Parameters<typeof recordedFetch>): {
  readonly client: ReturnType<typeof pathLevel>;
  readonly requests: ReturnType<typeof recordedFetch>["requests"];
} {
  const { fetch, requests } = recordedFetch(...answers);
  const pipeline = createPipeline({ fetch, baseUrl: "https://example.com" });
  return {
    client: pathLevel({ pipeline, bound: undefined, defaults: undefined }, (method: HttpMethod, path) =>
      rows.find((row) => row.method === method && row.path === path),
    ),
    requests,
  };
}

describe("the path level", () => {
  it("fills paths, joins commas and sends the Version of the route", async () => {
    const { client, requests } = level({ id: 1 }, {});
    const { data, error } = await client.GET("/contacts/{contactId}", {
      params: { path: { contactId: "ü/1" }, query: { ids: ["a", "b"] } },
    });
    expect([data, error]).toEqual([{ id: 1 }, undefined]);
    await client.GET("/ads", { params: { query: { fields: ["a", "b"] } } });
    expect(requests[0]).toMatchObject({
      method: "GET",
      url: "https://example.com/contacts/%C3%BC%2F1?ids=a&ids=b",
      headers: { version: "v3" },
    });
    expect(requests[1]).toMatchObject({ url: "https://example.com/ads?fields=a%2Cb", headers: { version: "2021-07-28" } });
    expect(requests[0]?.headers).not.toHaveProperty("content-type");
  });

  it("encodes JSON, forms and files", async () => {
    const { client, requests } = level({}, {}, {});
    await client.POST("/contacts/", { body: { name: "é" } });
    await client.POST("/oauth/token", { body: { grant_type: "x y" } });
    await client.POST("/medias/upload-file", { body: { file: new Blob(["data"]) } });
    // fetch gives a form its content type, with the boundary.
    expect(requests.map(({ headers }) => headers["content-type"])).toEqual([
      "application/json",
      "application/x-www-form-urlencoded",
      undefined,
    ]);
    expect(requests.map(({ body }) => body)).toEqual(['{"name":"é"}', "grant_type=x+y", expect.any(FormData)]);
    const form = requests[2]?.body as FormData;
    expect(await (form.get("file") as File).text()).toBe("data");
  });

  it("tells failures apart as the facade does, without rejecting", async () => {
    const { client, requests } = level(
      new Response('{"message":"Contact with id X not found"}', { status: 400 }),
      "<html>",
      new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "ECONNREFUSED" }) }),
      new Response("<html>bad gateway</html>", { status: 502 }),
    );
    const call = (contactId: string): ReturnType<typeof client.GET> =>
      client.GET("/contacts/{contactId}", { params: { path: { contactId } } });
    const failed = [await call("1"), await call("1"), await call("1"), await call("1"), await call("..")];
    expect(failed.map(({ error, response }) => [error?.code, response?.status])).toEqual([
      ["not_found", 400],
      ["invalid_response", 200],
      ["network", undefined],
      ["server", 502],
      ["invalid_request", undefined],
    ]);
    expect(requests).toHaveLength(4);
  });

  it("takes an empty success as no data", async () => {
    const { client } = level("", new Response(null, { status: 204 }));
    const both = [
      await client.GET("/contacts/{contactId}", { params: { path: { contactId: "1" } } }),
      await client.GET("/contacts/{contactId}", { params: { path: { contactId: "1" } } }),
    ];
    expect(both.map(({ data, error, response }) => [data, error, response?.status])).toEqual([
      [undefined, undefined, 200],
      [undefined, undefined, 204],
    ]);
  });

  it("ends when its signal fires", async () => {
    const { client } = level({});
    expect(await client.GET("/contacts/{contactId}", { params: { path: { contactId: "1" } }, signal: AbortSignal.abort() })).toMatchObject({
      error: { code: "aborted" },
    });
  });
});
