import { describe, expect, it } from "vitest";
import { compose, fetchSend, layeredFetch, toFetch, type Layer, type Send } from "../src/index.ts";
import { context, get, rejection } from "./call.ts";

describe("fetchSend", () => {
  it.each([
    ["ECONNREFUSED", false],
    ["ENOTFOUND", false],
    ["UND_ERR_CONNECT_TIMEOUT", false],
    ["UND_ERR_CLOSED", false],
    ["UND_ERR_PRX_TLS", false],
    ["UND_ERR_DESTROYED", true],
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

  describe("redirects", () => {
    const redirect = (location: string, status = 302): Response => new Response(null, { status, headers: { location } });

    /** Answers by path; what is asked for is in `asked`. */
    function site(answers: Readonly<Record<string, Response>>): { readonly send: Send; readonly asked: string[] } {
      const asked: string[] = [];
      const send = fetchSend(async (url, init) => {
        asked.push(`${init.method} ${url}`);
        return answers[url]?.clone() ?? new Response("there", { status: 200 });
      });
      return { send, asked };
    }

    it("are followed for reads within the origin", async () => {
      const { send, asked } = site({ [get.url]: redirect("/moved"), [new URL("/moved", get.url).href]: redirect("again?x=1", 308) });
      expect(await (await send(get, context())).text()).toBe("there");
      expect(asked.at(-1)).toBe(`GET ${new URL("/again?x=1", get.url).href}`);
    });

    it.each([
      "https://evil.example/contacts",
      "//evil.example/contacts",
      "http://example.com/x",
      "https://example.com:444/x",
      "https://a:b@example.com/x",
    ])("to %s end there: another host's answer is none", async (location) => {
      const { send, asked } = site({ [get.url]: redirect(location) });
      expect((await send(get, context())).status).toBe(302);
      expect(asked).toHaveLength(1);
    });

    it("end where a second hop leaves the origin", async () => {
      const { send, asked } = site({ [get.url]: redirect("/moved"), [new URL("/moved", get.url).href]: redirect("https://evil.example/") });
      expect((await send(get, context())).status).toBe(302);
      expect(asked).toHaveLength(2);
    });

    it("that a fetch followed by itself end where they left the origin", async () => {
      const followed = (url: string): Send =>
        fetchSend(async () => Object.defineProperties(new Response("data"), { url: { value: url }, redirected: { value: true } }));
      expect((await followed("https://evil.example/x")(get, context())).status).toBe(302);
      expect((await followed(new URL("/moved", get.url).href)(get, context())).status).toBe(200);
    });

    it("are not followed for writes, nor for ever", async () => {
      const { send, asked } = site({ [get.url]: redirect(get.url) });
      expect((await send({ ...get, method: "POST", body: "{}" }, context())).status).toBe(302);
      expect(asked).toHaveLength(1);
      expect((await send(get, context())).status).toBe(302);
      expect(asked.length).toBeLessThan(20);
    });
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

describe("the signal of toFetch", () => {
  const url = "https://example.com/x";

  /** A fetch that answers nothing, and the signals it was called with. */
  function hanging(signal?: AbortSignal) {
    const signals: (AbortSignal | undefined)[] = [];
    const send: Send = (_, call) => {
      signals.push(call.signal);
      return new Promise((_resolve, reject) => call.signal?.addEventListener("abort", () => reject(call.signal?.reason)));
    };
    return { fetch: toFetch(send, { signal }), signals };
  }

  it("is that of a Request: an aborted one is not sent", async () => {
    const { fetch, signals } = hanging();
    const reason = new Error("enough");
    const error = await rejection(fetch(new Request(url, { method: "POST", body: "{}", signal: AbortSignal.abort(reason) })));
    expect(error).toMatchObject({ code: "aborted", attempts: 0, cause: reason });
    expect(await rejection(fetch(url, { signal: AbortSignal.abort() }))).toMatchObject({ code: "aborted" });
    expect(signals).toEqual([]);
  });

  it.each(["of the Request", "of init", "of the context"])("fires when that %s does", async (which) => {
    const [one, two] = [new AbortController(), new AbortController()];
    const { fetch, signals } = hanging(which === "of the context" ? one.signal : two.signal);
    const init = { signal: which === "of the context" ? two.signal : one.signal };
    const failed = rejection(which === "of init" ? fetch(url, init) : fetch(new Request(url, init)));
    await new Promise(setImmediate);
    expect(signals).toMatchObject([{ aborted: false }]);
    one.abort("enough");
    expect(await failed).toBe("enough");
  });

  it("is none where init says so, as for fetch", async () => {
    const send: Send = async (_, { signal }) => Response.json(signal === undefined);
    const response = await toFetch(send)(new Request(url, { signal: AbortSignal.abort() }), { signal: null });
    expect(await response.json()).toBe(true);
  });
});
