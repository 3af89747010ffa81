import { expect, it } from "vitest";
import { eventDescriptions, type EventDescription } from "@ghlkit/contract/events";
import { createManualClock } from "@ghlkit/core/testing";
import { createEmulator } from "@ghlkit/emulator";
import { createMemoryInbox } from "@ghlkit/storage";
import {
  createConversationProviderSource,
  createMarketplaceSource,
  createWebhookReceiver,
  createWebhookWorker,
  type MarketplaceSourceOptions,
  type WebhookEvent,
} from "../../src/index.ts";

const clock = createManualClock(Date.parse("2026-06-01T00:00:00Z"));
const emulator = createEmulator({ clock });
const { ed25519 } = await emulator.webhookPublicKeys();
const options: MarketplaceSourceOptions = { appId: String(emulator.webhooks.sample("INSTALL")["appId"]), additionalKeys: [ed25519], clock };

/** Sends a body as the platform would, and gives what its handler gets. */
async function through(fields: Record<string, unknown>, makeSource = createMarketplaceSource): Promise<readonly WebhookEvent[]> {
  const inbox = createMemoryInbox({ clock });
  const events: WebhookEvent[] = [];
  const receiver = createWebhookReceiver({ source: makeSource(options), inbox, clock });
  const worker = createWebhookWorker({ inbox, clock, handlers: { "*": (event) => void events.push(event) } });
  const { body, headers } = await emulator.webhooks.sign(fields);
  const answer = await receiver(new Request("https://app.example/", { method: "POST", body, headers }));
  expect(answer.status).toBe(200);
  await worker.runDue();
  return events;
}

/** Kinds whose pages show no `type`; `type` means something else on those of messages for providers. */
const untyped = eventDescriptions().filter(({ typeOnWire, confidence }) => typeOnWire !== true && confidence !== "named-only");
const typed = eventDescriptions().filter((event) => event.type !== undefined);

it.each(typed)(
  "$kind comes through as $type, about something, and with every field it was sent with",
  async ({ kind, type, confidence }) => {
    const fields = emulator.webhooks.sample(kind);
    // Pages of prices show the kind of price in `type`; live bodies that say the event's are routed on it.
    const [event, ...more] = await through({ ...fields, type });
    expect(more).toEqual([]);
    expect([event?.type, event?.id, event?.payload]).toEqual([type, fields["webhookId"], { ...fields, type }]);
    expect(event?.occurredAt).toBe(clock.now());
    expect(event?.resource?.id).toBe(fields["locationId"] ?? fields["companyId"]);
    // What is known by name only has no fields to be about anything.
    if (confidence !== "named-only") expect(event?.entity).not.toMatch(/^event:/);
  },
);

it.each(untyped)("$kind without a type is known by its shape, or may be what it is", async ({ kind, type }: EventDescription) => {
  const { type: _, ...fields } = emulator.webhooks.sample(kind);
  const isPrice = kind === "PriceUpdate" || kind === "PriceDelete";
  if (kind === "ProviderOutboundMessage") {
    const [message] = await through({ ...fields, type: "SMS" }, createConversationProviderSource);
    expect([message?.type, message?.entity]).toEqual([kind, `conversation:${String(fields["contactId"])}`]);
    return;
  }
  const [event] = await through(isPrice ? { ...fields, type: "one_time" } : fields);
  const types = event?.type === "unknown" ? event.candidates : [event?.type];
  expect(types).toContain(type);
  expect(event?.entity).not.toMatch(/^event:/);
});

it("are all there", () => {
  expect([typed.length, untyped.length]).toEqual([76, 22]);
});
