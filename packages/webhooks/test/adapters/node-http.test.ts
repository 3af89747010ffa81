import { createServer, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createMemoryInbox } from "@ghlkit/storage";
import { toNodeHandler } from "../../src/adapters/node-http.ts";
import { createMarketplaceSource, createWebhookReceiver, type WebhookNotice, type WebhookSource } from "../../src/index.ts";
import { appId, createTestSigner, oddBody } from "../signer.ts";

const signer = createTestSigner();
const good = createMarketplaceSource({ appId, additionalKeys: [signer.publicPem] });
let server: Server | undefined;

afterEach(() => server?.close());

/** A server whose handler's promises are kept, so that a rejection shows. */
async function listen(source: WebhookSource = good) {
  const notices: WebhookNotice[] = [];
  const handled: Promise<void>[] = [];
  const receiver = createWebhookReceiver({ source, inbox: createMemoryInbox(), onEvent: (notice) => void notices.push(notice) });
  const handler = toNodeHandler(receiver);
  server = createServer((request, response) => void handled.push(handler(request, response)));
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, handled, notices, receiver };
}

const open = (port: number): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
  });

describe("toNodeHandler", () => {
  it("outlives a sender who hangs up in the middle of a body", async () => {
    const { port, handled, notices } = await listen();
    const socket = await open(port);
    socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{");
    while (handled.length === 0) await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    await expect(Promise.all(handled)).resolves.toEqual([undefined]);
    expect(notices).toEqual([]);
  });

  it("answers 413 to a sender who sends too much, on a connection that still stands", async () => {
    const { port, receiver } = await listen();
    const socket = await open(port);
    const length = receiver.maxBodyBytes + 2;
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length + 1000}\r\n\r\n`);
    socket.write("x".repeat(length));
    const [answer] = await new Promise<string[]>((resolve, reject) => {
      socket.once("data", (data) => resolve([data.toString()]));
      socket.once("error", reject);
      socket.once("close", () => reject(new Error("hung up without an answer")));
    });
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("asks for another delivery when the source itself fails, instead of losing it", async () => {
    const broken: WebhookSource = { name: "broken", verify: () => Promise.reject(new Error("the key cannot be read")) };
    const { port, notices } = await listen(broken);
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: oddBody() });
    expect([answer.status, notices.map(({ type }) => type)]).toEqual([429, ["source_failed"]]);
  });
});
