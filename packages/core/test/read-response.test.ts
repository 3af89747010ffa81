import { describe, expect, it } from "vitest";
import {
  answerOf,
  compose,
  fromFetch,
  readAnswer,
  readBody,
  toFetch,
  toResponse,
  type Layer,
  type Send,
  type WireResponse,
} from "../src/index.ts";
import { context, get } from "./call.ts";

/** An answer as a transport of one's own may give it: no Response. */
function small(
  text: string,
  { status = 200, headers = {} }: { readonly status?: number; readonly headers?: Record<string, string> } = {},
): WireResponse {
  return {
    status,
    ok: status < 300,
    headers: new Headers(headers),
    url: get.url,
    text: async () => text,
    arrayBuffer: async () => new TextEncoder().encode(text).buffer,
  };
}

describe("an answer that is no Response", () => {
  it("passes the layers, and is made one when asked for", async () => {
    const send = readBody(async () => small('{"a":1}', { status: 201, headers: { "x-a": "b", "content-type": "application/json" } }));
    const answer = await send(get, context({ attempt: 2 }));
    expect(answer).not.toBeInstanceOf(Response);
    expect([answer.status, answer.ok, answer.headers.get("X-A"), await answer.text(), answer.url]).toEqual([
      201,
      true,
      "b",
      '{"a":1}',
      get.url,
    ]);
    const response = toResponse(answer);
    expect(response).toBeInstanceOf(Response);
    expect(toResponse(answer)).toBe(response);
    expect([response.status, response.url, response.headers.get("x-a"), answerOf(response)?.attempt]).toEqual([201, get.url, "b", 2]);
    expect([await response.json(), await response.text(), await response.clone().json()]).toEqual([{ a: 1 }, '{"a":1}', { a: 1 }]);
    expect((await response.blob()).type).toBe("application/json");
  });

  it("can be made a Response before it was read, and then be read once", async () => {
    const response = toResponse(small("there"));
    expect(await response.text()).toBe("there");
    await expect(response.text()).rejects.toThrow(TypeError);
  });

  it.each([204, 205, 304, 599, 600, 999])("of status %i is made one as well", async (status) => {
    const response = toResponse(await readAnswer(small("", { status }), context()));
    expect([response.status, await response.text()]).toEqual([status, ""]);
  });

  it("comes out of toFetch as a Response", async () => {
    const response = await toFetch(readBody(async () => small("there")))("https://example.com/");
    expect([response instanceof Response, await response.text()]).toEqual([true, "there"]);
  });
});

describe("a Response of fetch", () => {
  it("is the one that is given out, with all that fetch set on it", async () => {
    const original = new Response("there", { statusText: "Fine" });
    const answer = await fromFetch(async () => original)(get, context());
    expect(toResponse(answer)).toBe(original);
    expect([await original.text(), await original.text(), original.statusText]).toEqual(["there", "there", "Fine"]);
  });

  it("keeps what was read through a layer that makes a Response of it", async () => {
    const converting: Layer = (next) => async (request, call) => toResponse(await next(request, call));
    const answering: Send = async () => small("{}");
    const answer = await compose([readBody, converting, readBody], answering)(get, context({ attempt: 3 }));
    expect([answerOf(answer)?.attempt, await answer.text()]).toEqual([3, "{}"]);
  });
});
