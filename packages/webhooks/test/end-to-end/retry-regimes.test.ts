import { describe, expect, it } from "vitest";
import { createEmulator, type RetryRegimeName } from "@ghlkit/emulator";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryInbox, type Inbox } from "@ghlkit/storage";
import { createMarketplaceSource, createWebhookReceiver, createWebhookWorker } from "../../src/index.ts";

const minute = 60_000;
const events = 200;

describe.each<RetryRegimeName>(["429-only", "any-failure", "429-and-three-days"])("the platform's retry regime %s", (retry) => {
  it("brings every event through 40 minutes without a store, doubled and out of order, to one handling each", async () => {
    const clock = createManualClock(Date.parse("2026-06-01T00:00:00Z"));
    const inbox = createMemoryInbox({ clock });
    let isDown = false;
    const failing: Inbox<undefined> = {
      ...inbox,
      insert: (delivery) => (isDown ? Promise.reject(new Error("the store is down")) : inbox.insert(delivery)),
    };
    const emulator = createEmulator({
      clock,
      webhooks: { url: "https://app.example/hooks", retry, deliver: (request) => receiver(request) },
    });
    const appId = String(emulator.webhooks.sample("INSTALL")["appId"]);
    const { ed25519 } = await emulator.webhookPublicKeys();
    const source = createMarketplaceSource({ appId, additionalKeys: [ed25519], clock });
    const receiver = createWebhookReceiver({ source, inbox: failing, clock });
    for (const kind of ["duplicate", "reorder"] as const) emulator.webhooks.faults.add({ type: "*", kind, rate: 0.2 });

    const order: string[] = [];
    const lastOf = new Map<string, number>();
    let outOfOrder = 0;
    const trigger = (at: number): void => {
      const id = `c-${at % 20}`;
      emulator.webhooks.trigger("ContactUpdate", { id, website: String(at) });
    };
    for (let at = 0; at < events; at += 1) {
      if (at === 50) isDown = true;
      trigger(at);
      await clock.advance(1000);
      if (at === 150) {
        await emulator.clock.run(40 * minute);
        isDown = false;
      }
    }
    await emulator.clock.run(90 * minute);
    await emulator.webhooks.settle();

    const deliveries = emulator.webhooks.deliveries();
    const arrived = new Set(deliveries.filter(({ state }) => state === "delivered").map(({ webhookId }) => webhookId));
    const worker = createWebhookWorker({
      inbox,
      clock,
      handlers: {
        ContactUpdate: ({ id, entity, occurredAt }, { stale }) => {
          order.push(id);
          if (stale || occurredAt < (lastOf.get(entity) ?? 0)) outOfOrder += 1;
          lastOf.set(entity, occurredAt);
        },
      },
    });
    await worker.runDue();
    expect(new Set(order)).toEqual(arrived);
    expect(order.length).toBe(arrived.size);
    expect(deliveries.filter(({ state }) => state !== "delivered")).toEqual([]);
    expect([order.length, lastOf.size, outOfOrder]).toEqual([events, 20, 0]);
  });
});
