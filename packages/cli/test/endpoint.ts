import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { createEmulator } from "@ghlkit/emulator";
import { createMemoryInbox, type Inbox } from "@ghlkit/storage";
import { createMarketplaceSource, createWebhookReceiver } from "@ghlkit/webhooks";
import { toNodeHandler } from "@ghlkit/webhooks/node-http";

export const appId = "app-of-the-tests";

/** A server on a socket until the test is over. @returns its URL. */
export async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
}

/** An endpoint made of ghlkit that trusts the emulator of a seed. */
export async function servingReceiver(seed = "ghlkit"): Promise<{ readonly url: string; readonly inbox: Inbox<undefined> }> {
  const { ed25519 } = await createEmulator({ seed }).webhookPublicKeys();
  const inbox = createMemoryInbox();
  const handle = toNodeHandler(createWebhookReceiver({ inbox, source: createMarketplaceSource({ appId, additionalKeys: [ed25519] }) }));
  return { inbox, url: await serving((request, response) => void handle(request, response)) };
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
