import { createServer, type Server, type Socket } from "node:net";
import nock from "nock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { scope } from "./scope.ts";
import { rawRequest } from "../src/call/raw-request.ts";
import { rejection } from "./recorded-fetch.ts";

const request = rawRequest(scope({ baseUrl: "https://services.leadconnectorhq.com" }));

describe("over HTTP, with nock", () => {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => nock.cleanAll());
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });
  const host = (): nock.Scope => nock("https://services.leadconnectorhq.com");

  it.each([
    [400, { message: "bad" }, "bad_request"],
    [401, { message: "Invalid JWT" }, "token_expired"],
    [401, { message: "The token is not authorized for this scope." }, "scope_missing"],
    [403, { message: "The token does not have access to this location." }, "resource_forbidden"],
    [404, { message: "Cannot GET /x" }, "route_unavailable"],
    [422, { message: ["x should not be empty"] }, "validation"],
    [429, {}, "rate_burst"],
    [500, { message: "boom" }, "server"],
  ])("%i %j is %s", async (status, body, code) => {
    host().get("/x").reply(status, body);
    expect(await rejection(request("GET", "/x"))).toMatchObject({ code, attempts: 1 });
  });

  it("bounds the message of an HTML 502", async () => {
    host()
      .get("/x")
      .reply(502, `<html>${"x".repeat(10_000)}</html>`, { "content-type": "text/html" });
    const error = (await rejection(request("GET", "/x"))) as Error;
    expect(error).toMatchObject({ code: "server", status: 502 });
    expect(error.message.length).toBeLessThan(300);
  });

  it("follows a redirect of a read", async () => {
    host().get("/x").reply(302, "", { location: "https://services.leadconnectorhq.com/y" }).get("/y").reply(200, { moved: true });
    expect(await request("GET", "/x")).toEqual({ moved: true });
  });

  it("does not turn a redirected write into a read", async () => {
    const scope = host().post("/x").reply(302, "", { location: "https://services.leadconnectorhq.com/y" });
    expect(await rejection(request("POST", "/x", { body: {} }))).toMatchObject({ code: "http", status: 302 });
    expect(scope.isDone()).toBe(true);
  });

  it("tells a reset connection as sent, for it may have been", async () => {
    host()
      .post("/x")
      .replyWithError(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
    expect(await rejection(request("POST", "/x", { body: {} }))).toMatchObject({ code: "network", sent: true });
  });
});

/** What a raw server does with a connection. */
type Behaviour = (socket: Socket) => void;

describe("over a socket", () => {
  let server: Server;
  let behave: Behaviour = () => undefined;
  const sockets = new Set<Socket>();
  beforeAll(async () => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.once("data", () => behave(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const call = (behaviour: Behaviour, options: Parameters<typeof request>[2] = {}): ReturnType<typeof request> => {
    behave = behaviour;
    const { port } = server.address() as { port: number };
    return rawRequest(scope({ baseUrl: `http://127.0.0.1:${port}` }))("GET", "/x", options);
  };
  const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

  it("an answer that breaks off is an error, not data", async () => {
    const cut = (socket: Socket): void => void socket.end(`${head}content-length: 100\r\n\r\n{"contact":`);
    const error = (await rejection(call(cut))) as Error;
    expect(error).toMatchObject({ code: "network", sent: true });
    expect(error.message).toContain("100 bytes");
  });

  it("an answer that is not JSON is an error", async () => {
    const text = "certainly not json";
    expect(await rejection(call((socket) => void socket.end(`${head}content-length: ${text.length}\r\n\r\n${text}`)))).toMatchObject({
      code: "invalid_response",
    });
  });

  it("a server that hangs runs into the timeout", async () => {
    expect(await rejection(call(() => undefined, { timeoutMs: 80 }))).toMatchObject({ code: "timeout", scope: "attempt", timeoutMs: 80 });
  });

  it("a body that drips runs into the timeout too", async () => {
    let dripping: NodeJS.Timeout | undefined;
    const drip = (socket: Socket): void => {
      socket.write(`${head}content-length: 1000\r\n\r\n`);
      dripping = setInterval(() => socket.write(" "), 10);
    };
    expect(await rejection(call(drip, { timeoutMs: 90 }))).toMatchObject({ code: "timeout", scope: "attempt", timeoutMs: 90 });
    clearInterval(dripping);
  });

  it("an abort during the body ends the call at once", async () => {
    const abort = new AbortController();
    const half = (socket: Socket): void => {
      socket.write(`${head}content-length: 1000\r\n\r\n{`);
      setTimeout(() => abort.abort(new Error("enough")), 20);
    };
    expect(await rejection(call(half, { signal: abort.signal }))).toMatchObject({ code: "aborted", cause: { message: "enough" } });
  });

  it("a port where nobody listens was certainly not sent to", async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
    const { port } = free.address() as { port: number };
    await new Promise((resolve) => free.close(resolve));
    const error = (await rejection(rawRequest(scope({ baseUrl: `http://127.0.0.1:${port}` }))("GET", "/x"))) as Error;
    expect(error).toMatchObject({ code: "network", sent: false });
    expect(error.message).toContain("check host and network");
  });
});
