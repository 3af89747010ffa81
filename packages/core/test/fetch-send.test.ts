import { describe, expect, it } from "vitest";
import { compose, fetchSend, layeredFetch, type Layer } from "../src/index.ts";
import { context, get, rejection } from "./call.ts";

describe("fetchSend", () => {
  it.each([
    ["ECONNREFUSED", false],
    ["ENOTFOUND", false],
    ["UND_ERR_CONNECT_TIMEOUT", false],
    ["ECONNRESET", true],
    ["UND_ERR_SOCKET", true],
  ])("knows whether %s was sent: %s", async (code, sent) => {
    const cause = new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code }) });
    const error = await rejection(fetchSend(() => Promise.reject(cause))(get, context()));
    expect(error).toMatchObject({ code: "network", sent, cause });
  });

  it("finds the code inside an AggregateError of several addresses", async () => {
    const inner = Object.assign(new Error("x"), { code: "ECONNREFUSED" });
    const cause = new TypeError("fetch failed", { cause: new AggregateError([inner]) });
    expect(await rejection(fetchSend(() => Promise.reject(cause))(get, context()))).toMatchObject({ sent: false });
  });

  it("follows redirects for reads only", async () => {
    const seen: (string | undefined)[] = [];
    const send = fetchSend(async (_, init) => {
      seen.push(init.redirect);
      return new Response();
    });
    await send(get, context());
    await send({ ...get, method: "POST", body: "{}" }, context());
    expect(seen).toEqual([undefined, "manual"]);
  });
});

describe("layeredFetch", () => {
  it("puts layers around a plain fetch, the first outermost, and can send the body again", async () => {
    const order: string[] = [];
    const layer =
      (name: string): Layer =>
      (next) =>
      async (request, callContext) => {
        order.push(name);
        return next(request, callContext);
      };
    const twice: Layer = (next) => async (request, callContext) => {
      await next(request, callContext);
      return next(request, callContext);
    };
    const bodies: string[] = [];
    const fetch = layeredFetch([layer("outer"), layer("inner"), twice], async (_, init) => {
      bodies.push(new TextDecoder().decode(init.body as Uint8Array));
      return new Response("done");
    });
    const response = await fetch("https://example.com/x", { method: "POST", body: "hello" });
    expect(await response.text()).toBe("done");
    expect(order).toEqual(["outer", "inner"]);
    expect(bodies).toEqual(["hello", "hello"]);
  });

  it("composes nothing into the send itself", () => {
    const send = fetchSend(async () => new Response());
    expect(compose([], send)).toBe(send);
  });
});
