import { createConversationProvider, type CarrierResult, type ProviderMessage } from "@ghlkit/crm/conversations/provider";
import { createManualClock, runOnClock } from "@ghlkit/core/testing";
import { createEmulator } from "@ghlkit/emulator";
import { createMemoryStorage } from "@ghlkit/storage";
import { createConversationProviderSource } from "@ghlkit/webhooks";
import { createGhl, type LocationClient } from "ghlkit";
import { measure, type Measure } from "../measure.ts";
import { seeded } from "@ghlkit/test-servers/seeded";

const deliveries = 1000;
const order: Readonly<Record<string, number>> = { pending: 0, sent: 1, delivered: 2, failed: 3, read: 3 };

/**
 * A provider whose messages HighLevel does not know for 5 to 10 s, posts up to three times and has people send again after a failure; the carrier loses one answer in ten, fails one
 * message in ten, and reports out of order.
 */
export async function providerDeliveries(): Promise<readonly Measure[]> {
  const random = seeded(17);
  const clock = createManualClock();
  const known = new Map<string, number>();
  const statuses = new Map<string, string[]>();
  const target: { receive?: (request: Request) => Promise<Response> } = {};
  const emulator = createEmulator({
    clock,
    enforceBurstLimit: false,
    dailyLimit: 10_000_000,
    accessTokenSeconds: 10_000_000,
    webhooks: {
      events: { ProviderOutboundMessage: "https://provider.example/deliver" },
      deliver: async (request) => {
        const copies = 1 + Math.floor(random() * 3);
        const answers = await Promise.all(Array.from({ length: copies }, async () => target.receive?.(request.clone())));
        return answers[0] ?? new Response();
      },
    },
  });
  const { tokens, locationId, app } = emulator.seed;
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const messageId = /\/messages\/([^/]+)\/status$/.exec(new URL(url).pathname)?.[1];
    if (messageId === undefined || init.method !== "PUT") return emulator.fetch(new Request(url, init));
    if (clock.now() < (known.get(messageId) ?? 0)) {
      return Response.json({ statusCode: 404, message: `Message with id ${messageId} not found` }, { status: 404 });
    }
    const answer = await emulator.fetch(new Request(url, init));
    const { status } = JSON.parse(String(init.body)) as { readonly status: string };
    if (answer.ok) statuses.set(messageId, [...(statuses.get(messageId) ?? []), status]);
    return answer;
  };
  const settings = { token: tokens.appLocation, location: locationId, fetch, clock, retry: { maxAttempts: 1 }, limits: { limit: 100_000 } };
  const location = createGhl(settings).location(locationId);
  const carrier = createCarrier(random);
  const { inbox, journal } = createMemoryStorage({ clock });
  const provider = createConversationProvider({
    providerId: "provider-1",
    source: createConversationProviderSource({ appId: app.id, additionalKeys: [(await emulator.webhookPublicKeys()).ed25519] }),
    inbox,
    journal,
    locationOf: () => location,
    deliver: (message) => carrier.deliver(message),
    wasDelivered: (message) => Promise.resolve(carrier.find(message)),
    clock,
  });
  target.receive = provider.receiver;
  const { contact } = await location.contacts.create({ body: { phone: "+14155550101" } });
  let retries = 0;
  for (let number = 0; number < deliveries; number += 1) {
    let messageId = await sendText(`Message ${number}`);
    // People click on Retry: a new message, with the same text.
    if (carrier.outcomeOf(messageId) === "failed") {
      retries += 1;
      messageId = await sendText(`Message ${number}`);
    }
    if (carrier.outcomeOf(messageId) !== "accepted") continue;
    const reports = (["delivered", "read", "pending"] as const).toSorted(() => random() - 0.5);
    await runOnClock(clock, () => Promise.all(reports.map((status) => provider.status({ carrierId: `carrier-${messageId}` }, { status }))));
  }
  const backwards = [...statuses.values()].filter((seen) =>
    seen.some((status, at) => rank(status) < rank(seen[at - 1] ?? "pending")),
  ).length;
  const unreported = await countUnreported(location, contact.id);
  const label = `provider, ${deliveries} messages and ${retries} retries by people, status lag of 5 to 10 s, up to three deliveries each`;
  return [
    measure(`${label}: people messaged twice`, carrier.twice(), "", { atMost: 0 }),
    measure(`${label}: statuses that went backwards`, backwards, "", { atMost: 0 }),
    measure(`${label}: messages whose end was not reported`, unreported, "", { atMost: 0 }),
  ];

  async function sendText(message: string): Promise<string> {
    const body = { type: "SMS", contactId: contact.id, message, conversationProviderId: "provider-1" } as const;
    const { messageId } = await location.conversations.sendMessage({ body });
    known.set(messageId, clock.now() + 5000 + random() * 5000);
    await emulator.webhooks.settle();
    // A message whose answer was lost is handled again a little later.
    for (let turn = 0; turn < 10 && (turn === 0 || carrier.outcomeOf(messageId) === undefined); turn += 1) {
      await runOnClock(clock, async () => void (await provider.receiver.worker?.runDue()));
      await clock.advance(30_000);
    }
    return messageId;
  }
}

interface Carrier {
  readonly deliver: (message: ProviderMessage) => Promise<CarrierResult>;
  readonly find: (message: ProviderMessage) => CarrierResult | "no";
  readonly outcomeOf: (messageId: string) => CarrierResult["outcome"] | undefined;
  /** Texts that reached a person more than once. */
  readonly twice: () => number;
}

function createCarrier(random: () => number): Carrier {
  const results = new Map<string, CarrierResult>();
  const reached = new Map<string, number>();
  return {
    deliver: async (message) => {
      const isFailed = random() < 0.1;
      const result: CarrierResult = isFailed
        ? { outcome: "failed", reason: "No route" }
        : { outcome: "accepted", carrierId: `carrier-${message.messageId}` };
      const isLost = random() < 0.1;
      // Of the answers that are lost half belong to messages that never arrived.
      if (isLost && random() < 0.5) throw new Error("socket hang up");
      results.set(message.messageId, result);
      const text = message.channel === "sms" ? message.text : "";
      if (!isFailed) reached.set(text, (reached.get(text) ?? 0) + 1);
      if (isLost) throw new Error("socket hang up");
      return result;
    },
    find: ({ messageId }) => results.get(messageId) ?? "no",
    outcomeOf: (messageId) => results.get(messageId)?.outcome,
    twice: () => [...reached.values()].filter((count) => count > 1).length,
  };
}

async function countUnreported({ conversations }: LocationClient, contactId: string): Promise<number> {
  let unreported = 0;
  for await (const { direction, status } of conversations.exportMessages({ contactId, limit: 100 })) {
    if (direction === "outbound" && status !== "read" && status !== "failed") unreported += 1;
  }
  return unreported;
}

function rank(status: string): number {
  return order[status] ?? 0;
}
