import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { startResettingServer } from "../../src/runtimes/resetting-server.ts";

const servers: Awaited<ReturnType<typeof startResettingServer>>[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

/** Sends texts one after the other on one connection; how often it was answered, and how it ended. */
async function talk(url: string, texts: readonly string[]): Promise<{ readonly answers: number; readonly end: string }> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  let answers = 0;
  const end = new Promise<string>((resolve) => {
    socket.on("error", ({ message }) => resolve(message));
    socket.on("close", () => resolve("closed"));
  });
  for (const text of texts) {
    socket.write(text);
    const answered = await Promise.race([new Promise((resolve) => socket.once("data", resolve)), end.then(() => undefined)]);
    if (answered === undefined) break;
    answers += 1;
  }
  if (answers === texts.length) socket.end();
  return { answers, end: await end };
}

const warm = "GET /warm HTTP/1.1\r\nhost: x\r\n\r\n";

describe("the resetting server", () => {
  it.each([
    ["a body of a length", 'POST /reset-a HTTP/1.1\r\ncontent-length: 7\r\n\r\n{"a":1}'],
    ["a body in chunks", 'POST /reset-a HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n7\r\n{"a":1}\r\n0\r\n\r\n'],
    ["an empty body in chunks", "POST /reset-a HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"],
    ["no body", "POST /reset-a HTTP/1.1\r\n\r\n"],
  ])("counts a write with %s, then resets a connection that was used before", async (_, write) => {
    const server = await startResettingServer();
    servers.push(server);
    expect(await talk(server.url, [warm, write])).toEqual({ answers: 1, end: expect.stringContaining("ECONNRESET") });
    expect(await talk(server.url, [write])).toMatchObject({ answers: 1 });
    expect([...server.arrivals]).toEqual([["POST /reset-a", 2]]);
  });
});
