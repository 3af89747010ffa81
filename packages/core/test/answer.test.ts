import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { answerJson, answerOf, fromFetch, readBody, toResponse } from "../src/index.ts";
import { context, get, rejection } from "./call.ts";

describe("readBody", () => {
  it("lets the body be read any number of times", async () => {
    const response = toResponse(await readBody(async () => new Response('{"é":1}'))(get, context({ attempt: 3 })));
    expect(await response.text()).toBe('{"é":1}');
    expect(await response.json()).toEqual({ é: 1 });
    expect(new TextDecoder().decode(await response.arrayBuffer())).toBe('{"é":1}');
    expect(await (await response.blob()).text()).toBe('{"é":1}');
    expect(answerOf(response)?.attempt).toBe(3);
  });

  it("reads a Response whose methods are read only, as a server library puts one in place of the global", async () => {
    class ReadOnly extends Response {}
    const read = Object.getOwnPropertyDescriptor(Response.prototype, "text")?.value as () => Promise<string>;
    Object.defineProperty(ReadOnly.prototype, "text", { get: () => read });
    const response = toResponse(await readBody(async () => new ReadOnly("there"))(get, context()));
    expect([await response.text(), await response.text()]).toEqual(["there", "there"]);
  });

  it("turns a body that breaks off into a network error that may have been sent", async () => {
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"contact":'));
        controller.error(new TypeError("terminated"));
      },
    });
    const error = await rejection(fromFetch(async () => new Response(broken))(get, context()));
    expect(error).toMatchObject({ code: "network", sent: true });
    expect((error as Error).message).toContain("cut off");
  });
});

describe("answerJson", () => {
  it("takes an empty body as no data", async () => {
    expect(await answerJson(new Response(""), context())).toBeUndefined();
  });

  it("refuses what is not JSON, with a bounded message", async () => {
    const error = await rejection(answerJson(new Response(`<html>${"x".repeat(9000)}`), context()));
    expect(error).toMatchObject({ code: "invalid_response", status: 200 });
    expect((error as Error).message.length).toBeLessThan(200);
  });
});

describe("what an error keeps of an answer that is not JSON", () => {
  it.each([
    '{"accessToken":"SECRETSECRET12345678","tok',
    "refresh_token=SECRETSECRET12345678",
    '{"err":"{\\"access_token\\":\\"SECRETSECRET12345678\\"}"',
  ])("never a secret: %s", async (text) => {
    const error = await rejection(answerJson(new Response(text), context()));
    expect(`${JSON.stringify(error)} ${inspect(error, { depth: 9 })}`).not.toContain("SECRETSECRET");
  });
});

describe("a clone", () => {
  it("can be read like the answer itself", async () => {
    const answer = new Response('{"a":1}', { status: 201, headers: { "x-a": "b" } });
    const response = toResponse(await readBody(async () => answer)(get, context()));
    const clone = response.clone();
    expect([await clone.text(), clone.status, clone.headers.get("x-a"), await response.text()]).toEqual(['{"a":1}', 201, "b", '{"a":1}']);
  });
});
