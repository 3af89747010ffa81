import { setTimeout as pause } from "node:timers/promises";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import {
  answerJson,
  answerText,
  compose,
  createContext,
  readBody,
  toResponse,
  transportOf,
  withAttemptTimeout,
  type CallContext,
  type CallEvent,
  type Send,
  type WireRequest,
  type WireResponse,
} from "@ghlkit/core";
import { afterAll, describe, expect, it } from "vitest";
import { undiciSend } from "../../src/node.ts";
import { echo, httpServer, rawServer, type Behaviour } from "./loopback.ts";

interface Echoed {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const undici = undiciSend();
afterAll(() => undici.close());

describe.each<[string, Send]>([
  ["fetch", transportOf({})],
  ["undici", undici],
])("a request by %s", (name, transport) => {
  const send = compose([withAttemptTimeout(), readBody], transport);

  function call(url: string, request: Partial<WireRequest> = {}, context: Partial<CallContext> = {}): Promise<WireResponse> {
    return send(Object.freeze({ method: "GET", url, headers: {}, body: undefined, ...request }), createContext(context));
  }

  async function rejection(promise: Promise<unknown>): Promise<unknown> {
    return promise.then(
      () => expect.unreachable("It was expected to reject."),
      (error: unknown) => error,
    );
  }

  async function echoed(request: Partial<WireRequest>): Promise<Echoed> {
    await using server = await httpServer((incoming, outgoing) => void echo(incoming, outgoing));
    return (await answerJson(await call(`${server.url}/contacts/?a=b%20c`, request), createContext())) as Echoed;
  }

  /** What becomes of a call to a server that behaves like this. */
  async function behaving(behave: Behaviour, request: Partial<WireRequest> = {}, context: Partial<CallContext> = {}): Promise<unknown> {
    await using server = await rawServer(behave);
    return await rejection(call(server.url, request, context));
  }

  it("carries method, path, query and headers, and says who calls and what it can decode", async () => {
    const { method, url, headers } = await echoed({
      method: "DELETE",
      headers: { version: "v3", authorization: "Bearer t", accept: "application/json" },
    });
    expect([method, url]).toEqual(["DELETE", "/contacts/?a=b%20c"]);
    expect(headers).toMatchObject({
      version: "v3",
      authorization: "Bearer t",
      accept: "application/json",
      "user-agent": "node",
      "accept-language": "*",
    });
    expect(headers["accept-encoding"]).toContain("gzip");
  });

  it("gives status, headers and text of the answer, and reports that it was sent", async () => {
    await using server = await httpServer((_request, response) => {
      response.writeHead(201, { "x-one": "1", "x-many": ["a", "b"], "content-type": "text/plain" }).end("grün ✓");
    });
    const events: CallEvent[] = [];
    const answer = await call(server.url, {}, { attempt: 2, emit: (event) => events.push(event) });
    expect([answer.status, answer.ok, answer.headers.get("X-One"), answer.headers.get("x-many"), answer.headers.get("x-none")]).toEqual([
      201,
      true,
      "1",
      "a, b",
      null,
    ]);
    expect([await answer.text(), await answer.text()]).toEqual(["grün ✓", "grün ✓"]);
    expect(events).toEqual([{ type: "sent", attempt: 2 }]);
    const response = toResponse(answer);
    expect([response instanceof Response, response.status, response.headers.get("x-many"), await response.text()]).toEqual([
      true,
      201,
      "a, b",
      "grün ✓",
    ]);
  });

  it("keeps the bytes of what is no text", async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_value, index) => index % 256);
    await using server = await httpServer((_request, response) => response.writeHead(200, { "content-type": "image/png" }).end(bytes));
    const answer = await call(server.url);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    expect(new Uint8Array(await (await toResponse(answer).blob()).arrayBuffer())).toEqual(bytes);
  });

  it("uses a connection again, and opens more for calls at the same time", async () => {
    await using server = await httpServer((_request, response) => response.end("{}"));
    for (let count = 0; count < 5; count += 1) await call(server.url);
    // Not always one: the next call may be made before the pool knows that the connection is free.
    expect(server.connections()).toBeLessThan(3);
    const all = await Promise.all(Array.from({ length: 50 }, () => call(server.url)));
    expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
  });

  it.each([
    ["HEAD", 200],
    ["GET", 204],
    ["GET", 304],
  ])("takes an answer without a body: %s, %i", async (method, status) => {
    const head = `HTTP/1.1 ${status} X\r\netag: "1"\r\n${method === "HEAD" ? "content-length: 100\r\ncontent-encoding: gzip\r\n" : ""}\r\n`;
    await using server = await rawServer((socket) => void socket.write(head));
    const answer = await call(server.url, { method });
    expect([answer.status, await answer.text(), answer.headers.get("etag")]).toEqual([status, "", '"1"']);
    expect(toResponse(answer).status).toBe(status);
  });

  it("waits for the answer after interim ones", async () => {
    const interim = "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n";
    await using server = await rawServer((socket) => void socket.write(`${interim}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}`));
    expect((await call(server.url)).status).toBe(200);
  });

  describe("sends", () => {
    const json = { "content-type": "application/json" };
    const bytes = new TextEncoder().encode("bytes é");

    it.each<[string, Partial<WireRequest>, string, string | undefined]>([
      ["JSON", { body: '{"name":"é"}', headers: json }, '{"name":"é"}', "application/json"],
      ["a text", { body: "a text" }, "a text", "text/plain;charset=UTF-8"],
      ["bytes", { body: bytes }, "bytes é", undefined],
      ["an empty text", { body: "", headers: json }, "", "application/json"],
      ["a Blob", { body: new Blob(["blob"], { type: "text/csv" }) }, "blob", "text/csv"],
      ["a form", { body: new URLSearchParams({ grant_type: "x y" }) }, "grant_type=x+y", "application/x-www-form-urlencoded;charset=UTF-8"],
      ["no body", {}, "", undefined],
    ])("%s", async (_name, request, body, type) => {
      const received = await echoed({ method: "POST", ...request });
      expect(Buffer.from(received.body, "latin1").toString()).toBe(body);
      expect(received.headers["content-type"]).toBe(type);
      expect(received.headers["content-length"]).toBe(String(Buffer.byteLength(body)));
      expect(received.headers["transfer-encoding"]).toBeUndefined();
    });

    it("a stream that fails by itself, as sent, whatever its error is", async () => {
      const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" });
      const body = (): ReadableStream<Uint8Array> =>
        new ReadableStream({
          start: (controller) => controller.enqueue(new TextEncoder().encode("a part")),
          pull: () => Promise.reject(refused),
        });
      await using server = await httpServer((incoming) => void incoming.resume());
      expect(await rejection(call(server.url, { method: "POST", body } as never))).toMatchObject({ code: "network", sent: true });
    });

    it("header names in any case as one header each", async () => {
      const { headers } = await echoed({ headers: { Accept: "application/json", "User-Agent": "mine" } });
      expect(headers).toMatchObject({ accept: "application/json", "user-agent": "mine" });
    });

    it("a stream, opened anew each time it is sent", async () => {
      let opened = 0;
      const body = (): ReadableStream<Uint8Array<ArrayBuffer>> => {
        opened += 1;
        return new Blob(["first ", "second"]).stream();
      };
      for (let count = 0; count < 2; count += 1) {
        const received = await echoed({ method: "POST", body });
        expect([received.body, received.headers["transfer-encoding"]]).toEqual(["first second", "chunked"]);
      }
      expect(opened).toBe(2);
    });

    it("a form with files, with its length, any number of times", async () => {
      const form = new FormData();
      form.append("name", "Ada");
      form.append("file", new File(["line\nline"], 'a "file".csv', { type: "text/csv" }));
      form.append("more", new Blob([new Uint8Array([1, 2, 255])]));
      for (let count = 0; count < 2; count += 1) {
        const { headers, body } = await echoed({ method: "POST", body: form });
        expect([headers["content-length"], headers["transfer-encoding"]]).toEqual([String(body.length), undefined]);
        const sent = await new Response(Buffer.from(body, "latin1"), {
          headers: { "content-type": headers["content-type"] ?? "" },
        }).formData();
        const file = sent.get("file") as File;
        expect([sent.get("name"), file.name, file.type, await file.text()]).toEqual(["Ada", 'a "file".csv', "text/csv", "line\nline"]);
        expect(new Uint8Array(await (sent.get("more") as File).arrayBuffer())).toEqual(new Uint8Array([1, 2, 255]));
      }
    });

    it("a megabyte", async () => {
      const received = await echoed({ method: "PUT", body: new Uint8Array(1_000_000).fill(97) });
      expect(received.body).toBe("a".repeat(1_000_000));
    });
  });

  describe("decodes", () => {
    const text = JSON.stringify({ list: Array.from({ length: 500 }, (_value, index) => `element é ${index}`) });

    async function encoded(coding: string, body: Uint8Array, status = 200): Promise<WireResponse> {
      await using server = await httpServer((_request, response) =>
        response.writeHead(status, { "content-encoding": coding, "content-type": "application/json" }).end(body),
      );
      return await call(server.url);
    }

    it.each<[string, Uint8Array]>([
      ["gzip", gzipSync(text)],
      ["x-gzip", gzipSync(text)],
      ["GZIP", gzipSync(text)],
      ["deflate", deflateSync(text)],
      ["deflate", deflateRawSync(text)],
      ["br", brotliCompressSync(text)],
      ["deflate, gzip", gzipSync(deflateSync(text))],
      ["gzip", new Uint8Array()],
    ])("%s", async (coding, body) => {
      expect(await answerText(await encoded(coding, body))).toBe(body.length === 0 ? "" : text);
    });

    it("no other coding: that is no data, and of a failure the status says enough", async () => {
      const failed = encoded("snappy", gzipSync(text)).then((answer) => answerJson(answer, createContext()));
      expect(await rejection(failed)).toMatchObject({ code: "invalid_response", status: 200 });
      expect((await encoded("snappy", gzipSync(text), 503)).status).toBe(503);
    });

    // fetch hands bodies of unknown codings up as they are.
    if (name === "undici") {
      it("no coding by the name of a property, and no more than five of them", async () => {
        for (const coding of ["__proto__", "constructor", Array(6).fill("gzip").join(", ")]) {
          const failed = encoded(coding, gzipSync(text)).then((answer) => answerJson(answer, createContext()));
          expect(await rejection(failed)).toMatchObject({ code: "invalid_response" });
        }
      });
    }

    it("nothing that is not what it says", async () => {
      const failed = encoded("gzip", Buffer.from("certainly no gzip")).then((answer) => answerJson(answer, createContext()));
      expect(await rejection(failed)).toMatchObject({ code: "network", sent: true });
    });
  });

  describe("fails", () => {
    const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

    it.each<[string, Behaviour]>([
      ["a body shorter than its length", (socket) => void socket.end(`${head}content-length: 100\r\n\r\n{"contact":`)],
      ["chunks without an end", (socket) => void socket.end(`${head}transfer-encoding: chunked\r\n\r\n5\r\n{"a":\r\n`)],
      ["a reset within the body", (socket) => void socket.write(`${head}content-length: 100\r\n\r\n{`, () => socket.resetAndDestroy())],
      ["a connection that is closed without an answer", (socket) => void socket.end()],
      ["a connection that is reset", (socket) => void socket.resetAndDestroy()],
      ["half a head", (socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-le")],
      ["an answer in another protocol", (socket) => void socket.end("SSH-2.0-OpenSSH_9.9\r\n")],
    ])("as sent, after %s", async (_name, behave) => {
      expect(await behaving(behave)).toMatchObject({ code: "network", sent: true });
    });

    it("and sends a write once only, whatever becomes of its answer", async () => {
      let received = 0;
      const behave: Behaviour = (socket, bytes) => {
        // The first call opens the connection that the write is then sent on.
        if (bytes.startsWith("GET")) return void socket.write(`${head}content-length: 2\r\n\r\n{}`);
        received += 1;
        socket.resetAndDestroy();
      };
      await using server = await rawServer(behave);
      await call(server.url);
      const error = await rejection(call(server.url, { method: "POST", body: "{}" }));
      expect([error, received]).toMatchObject([{ code: "network", sent: true }, 1]);
    });

    it("as not sent, where no server listens", async () => {
      const server = await rawServer(() => undefined);
      await server[Symbol.asyncDispose]();
      const error = await rejection(call(server.url, { method: "POST", body: "{}" }));
      expect(error).toMatchObject({ code: "network", sent: false });
      expect(String(error)).toContain("ECONNREFUSED");
    });

    it.each([
      ["a URL with a password", "http://user:secret@127.0.0.1/"],
      ["another protocol", "ftp://127.0.0.1/"],
      ["no URL", "not a url"],
    ])("as not sent, for %s", async (_name, url) => {
      const error = await rejection(call(url));
      expect(error).toMatchObject({ code: "network", sent: false });
      expect(String(error)).not.toContain("secret");
    });

    it("when its time is up: no answer, or one that drips", async () => {
      expect(await behaving(() => undefined, {}, { timeoutMs: 50 })).toMatchObject({ code: "timeout", scope: "attempt", sent: true });
      let dripping: NodeJS.Timeout | undefined;
      const drip: Behaviour = (socket) => {
        socket.write(`${head}content-length: 100000\r\n\r\n`);
        dripping = setInterval(() => socket.write(" "), 5);
      };
      expect(await behaving(drip, {}, { timeoutMs: 80 })).toMatchObject({ code: "timeout", scope: "attempt" });
      clearInterval(dripping);
    });

    it.each<[string, Behaviour]>([
      ["before the answer", () => undefined],
      ["within the body", (socket) => void socket.write(`${head}content-length: 1000\r\n\r\n{`)],
    ])("when its signal fires %s, and its connection is closed", async (_name, behave) => {
      const abort = new AbortController();
      let closed: Promise<unknown> | undefined;
      await using server = await rawServer((socket, bytes) => {
        closed ??= new Promise((resolve) => socket.once("close", resolve));
        behave(socket, bytes);
        setTimeout(() => abort.abort(new Error("enough")), 20);
      });
      const error = await rejection(call(server.url, {}, { signal: abort.signal }));
      expect(error).toMatchObject({ code: "aborted", cause: { message: "enough" } });
      await closed;
      expect(server.open()).toBe(0);
    });

    it("at once, with a signal that has fired, and opens no connection", async () => {
      await using server = await rawServer(() => undefined);
      expect(await rejection(call(server.url, {}, { signal: AbortSignal.abort() }))).toMatchObject({ code: "aborted" });
      await pause(20);
      expect(server.connections()).toBe(0);
    });
  });

  describe("redirects", () => {
    /** Redirects by path; everything else is `there`. */
    async function site(
      places: Readonly<Record<string, string>>,
      request: Partial<WireRequest> = {},
    ): Promise<readonly [number, string, readonly string[]]> {
      const asked: string[] = [];
      await using server = await httpServer((incoming, outgoing) => {
        asked.push(`${incoming.method} ${incoming.url} ${incoming.headers["version"]}`);
        const location = places[incoming.url ?? ""];
        if (location === undefined) outgoing.end("there");
        else outgoing.writeHead(307, { location }).end("elsewhere");
      });
      const answer = await call(`${server.url}/x`, { headers: { version: "v3" }, ...request });
      return [answer.status, await answer.text(), asked];
    }

    it("are followed for reads within the origin, with the same headers", async () => {
      expect(await site({ "/x": "/y?a=1", "/y?a=1": "z" })).toEqual([200, "there", ["GET /x v3", "GET /y?a=1 v3", "GET /z v3"]]);
    });

    it.each(["http://127.0.0.2/", "https://evil.example/", "//evil.example/x", "http://a:b@127.0.0.1/"])(
      "to %s are not",
      async (location) => {
        const [status, text, asked] = await site({ "/x": location });
        expect([status, text, asked.length]).toEqual([307, "elsewhere", 1]);
      },
    );

    it("are followed while the body of the redirect still drips", async () => {
      await using server = await rawServer((socket, received) => {
        if (received.startsWith("GET /y")) socket.end("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nthere");
        else socket.write("HTTP/1.1 302 Found\r\nlocation: /y\r\ncontent-length: 100\r\n\r\nel");
      });
      expect(await (await call(`${server.url}/x`)).text()).toBe("there");
    });

    it("of a write are not, and a loop ends", async () => {
      const [status, , asked] = await site({ "/x": "/y" }, { method: "POST", body: "{}" });
      expect([status, asked]).toEqual([307, ["POST /x v3"]]);
      const [looped, , all] = await site({ "/x": "/x" });
      expect(looped).toBe(307);
      expect(all.length).toBeLessThan(20);
    });
  });
});
