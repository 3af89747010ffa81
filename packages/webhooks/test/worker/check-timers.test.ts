import { createMemoryInbox } from "@ghlkit/storage";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createMarketplaceSource, createWebhookReceiver, createWebhookWorker } from "../../src/index.ts";

describe("start() in Cloudflare Workers", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("says what to do instead, and runDue() works", async () => {
    vi.stubGlobal("WebSocketPair", class {});
    vi.stubGlobal("navigator", { userAgent: "Cloudflare-Workers" });
    const inbox = createMemoryInbox();
    const handlers = { "*": () => {} };
    const source = createMarketplaceSource({ appId: "0123456789abcdef01234567" });
    const receiver = createWebhookReceiver({ source, inbox, handlers });
    const worker = createWebhookWorker({ inbox, handlers });
    for (const { start } of [receiver, worker])
      expect(start).toThrow(expect.objectContaining({ code: "invalid_request", message: expect.stringContaining("runDue()") }));
    expect(await worker.runDue()).toEqual({ handled: 0 });
  });
});
