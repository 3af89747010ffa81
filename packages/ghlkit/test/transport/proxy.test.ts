import { inspect } from "node:util";
import { createServer as createHttpServer } from "node:http";
import { connect } from "node:net";
import { createContext } from "@ghlkit/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { undiciSend, type UndiciSendOptions } from "../../src/node.ts";
import { httpServer, listen, rawServer, type LoopbackServer } from "./loopback.ts";

afterEach(() => vi.unstubAllEnvs());

/** A proxy that leads every host to one server, and what it was asked for. */
async function tunnel(target: LoopbackServer): Promise<{ readonly proxy: LoopbackServer; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createHttpServer();
  server.on("connect", (request, socket) => {
    asked.push(`${request.url} ${request.headers["proxy-authorization"] ?? "-"}`);
    const through = connect(target.port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      through.pipe(socket).pipe(through);
    });
    for (const end of [socket, through]) end.on("error", () => undefined);
  });
  return { proxy: await listen(server), asked };
}

/** Status of a call, or the error it ends with. */
async function outcome(url: string, options: UndiciSendOptions = {}): Promise<unknown> {
  const send = undiciSend(options);
  try {
    const { status } = await send({ method: "GET", url, headers: {}, body: undefined }, createContext());
    return status;
  } catch (error) {
    return error;
  } finally {
    await send.close().catch(() => undefined);
  }
}

describe("undiciSend", () => {
  it.each(["HTTP_PROXY", "http_proxy"])("goes through the proxy of %s, with its password, but not to loopback", async (name) => {
    await using server = await httpServer((_request, response) => response.end("{}"));
    const { proxy, asked } = await tunnel(server);
    await using _ = proxy;
    vi.stubEnv(name, `http://ada:se%20cret@127.0.0.1:${proxy.port}`);
    expect(await outcome("http://platform.test/x")).toBe(200);
    expect(asked).toEqual([`platform.test:80 Basic ${btoa("ada:se cret")}`]);
    expect(await outcome(server.url)).toBe(200);
    expect(asked).toHaveLength(1);
  });

  it("goes through the proxy it is given, or through none", async () => {
    await using server = await httpServer((_request, response) => response.end("{}"));
    const { proxy, asked } = await tunnel(server);
    await using _ = proxy;
    expect(await outcome("http://platform.test/x", { proxy: proxy.url })).toBe(200);
    vi.stubEnv("HTTP_PROXY", proxy.url);
    expect(await outcome("http://platform.invalid/x", { proxy: false })).toMatchObject({ code: "network", sent: false });
    expect(asked).toEqual(["platform.test:80 -"]);
  });

  it("was not sent where the proxy refuses, or is not there", async () => {
    await using proxy = await rawServer((socket) => void socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"));
    expect(await outcome("http://platform.test/x", { proxy: proxy.url })).toMatchObject({ code: "network", sent: false });
    const gone = await rawServer(() => undefined);
    await gone[Symbol.asyncDispose]();
    expect(await outcome("http://platform.test/x", { proxy: gone.url })).toMatchObject({ code: "network", sent: false });
  });

  it("refuses what is no proxy, and does not show its password", async () => {
    const error = await outcome("http://platform.test/x", { proxy: "http//ada:secret@proxy" });
    expect(error).toMatchObject({ code: "invalid_request" });
    expect(`${String(error)} ${JSON.stringify(error)} ${inspect(error, { depth: 9 })}`).not.toContain("secret");
  });
});
