import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createManualClock } from "@ghlkit/core/testing";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createMarketplaceSource, createWebhookReceiver, type WebhookNotice } from "../../src/index.ts";
import { appId, createTestSigner, oddBody } from "../signer.ts";

const signer = createTestSigner();
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("asks for every delivery again, and reports it within one heartbeat, when the database file is deleted", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-lost-"));
  const path = join(folder, "inbox.db");
  const clock = createManualClock();
  const storage = createSqliteStorage({ path, clock });
  const notices: WebhookNotice[] = [];
  const receiver = createWebhookReceiver({
    source: createMarketplaceSource({ appId, additionalKeys: [signer.publicPem] }),
    inbox: storage.inbox,
    clock,
    heartbeatMs: 60_000,
    onEvent: (notice) => void notices.push(notice),
  });
  const deliver = async (webhookId: string): Promise<number> => {
    const body = oddBody({ webhookId });
    return (await receiver.receive({ body, headers: { "x-ghl-signature": signer.sign(body) } })).status;
  };
  receiver.start();
  expect(await deliver("before")).toBe(200);
  await rm(path);
  await clock.advance(60_000);
  await turn();
  expect(notices).toContainEqual({
    type: "heartbeat_failed",
    error: expect.objectContaining({ code: "storage", reason: "unavailable", message: expect.stringContaining("was deleted") }),
  });
  expect([await deliver("after"), await deliver("after-2")]).toEqual([429, 429]);
  await receiver.close();
  await storage.close();
  await rm(folder, { recursive: true, force: true });
});
