import { describe, expect, it } from "vitest";
import { createManualClock } from "@ghlkit/core/testing";
import { createEmulator } from "@ghlkit/emulator";
import { createMemoryInbox } from "@ghlkit/storage";
import { createMarketplaceSource, createWebhookReceiver, repairGaps } from "@ghlkit/webhooks";
import { createGhl, createWebhookReader } from "../src/index.ts";

const hour = 3_600_000;
const minute = 60_000;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("an outage of three hours with retries exhausted", () => {
  it("is repaired: every creation, change and deletion is in the inbox, without a walk over all contacts", async () => {
    const clock = createManualClock(Date.parse("2026-06-01T00:00:00Z"));
    let isDown = false;
    const emulator = createEmulator({
      clock,
      webhooks: {
        url: "https://app.example/hooks",
        retry: "429-only",
        scopes: "ignore",
        deliver: (request) => (isDown ? Promise.reject(new Error("connection refused")) : receiver(request)),
      },
    });
    const { locationId, tokens } = emulator.seed;
    const { ed25519 } = await emulator.webhookPublicKeys();
    const source = createMarketplaceSource({ dangerouslyAcceptAnyApp: true, additionalKeys: [ed25519], clock });
    const inbox = createMemoryInbox({ clock });
    const receiver = createWebhookReceiver({ source, inbox, clock });
    const calls: string[] = [];
    const ghl = createGhl({
      token: tokens.location,
      location: locationId,
      baseUrl: "http://127.0.0.1",
      fetch: (url, init) => {
        calls.push(`${init?.method ?? "GET"} ${new URL(String(url)).pathname}`);
        return emulator.fetch(new Request(url, init));
      },
    });
    const location = ghl.location(locationId);
    const create = async (firstName: string, phone?: string): Promise<string> => {
      const { contact } = await location.contacts.create({ body: { firstName, ...(phone === undefined ? {} : { phone }) } });
      return contact.id ?? "";
    };

    const before = [await create("Ada"), await create("Bob"), await create("Cy")];
    const { pipelines } = await location.opportunities.listPipelines();
    const pipelineId = pipelines[0]?.id ?? "";
    await emulator.webhooks.settle();
    await clock.advance(5000);
    receiver.start();
    await turn();
    await receiver.close();

    isDown = true;
    await clock.advance(10 * minute);
    const created = await create("Dee", "+12025550142");
    await location.contacts.update({ contactId: before[0] ?? "", body: { firstName: "Ada L." } });
    await location.contacts.delete({ contactId: before[1] ?? "" });
    const { opportunity } = await location.opportunities.create({ body: { pipelineId, name: "Deal", status: "open", contactId: created } });
    const sent = await location.conversations.sendMessage({ body: { type: "SMS", contactId: created, message: "hello" } });
    await clock.advance(3 * hour);
    await emulator.webhooks.settle();
    expect(emulator.webhooks.deliveries({ state: "failed" }).length).toBeGreaterThan(4);

    isDown = false;
    receiver.start();
    await turn();
    await receiver.close();
    calls.length = 0;
    const [report] = await repairGaps({
      inbox,
      reader: createWebhookReader(ghl),
      locations: [locationId],
      clock,
      known: (kind) => (kind === "contact" ? before : []),
    });
    expect(report?.deleted).toBe(1);
    const found = (await inbox.query({ limit: 1000 })).deliveries
      .filter(({ synthetic }) => synthetic)
      .map(({ type, entity }) => `${type} ${entity}`);
    expect(found).toEqual(
      expect.arrayContaining([
        `ContactCreate contact:${created}`,
        `ContactUpdate contact:${before[0]}`,
        `ContactDelete contact:${before[1]}`,
        `OpportunityCreate opportunity:${opportunity.id}`,
        `OutboundMessage conversation:${sent.conversationId}`,
      ]),
    );
    expect(found).not.toContain(`ContactUpdate contact:${before[2]}`);
    expect(calls.filter((call) => call === "POST /contacts/search").length).toBe(2);
    expect(await inbox.gaps()).toEqual([]);
    await ghl.close();
  });
});
