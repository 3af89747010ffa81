import { createManualClock, runOnClock, type ManualClock } from "@ghlkit/core/testing";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createMemoryStorage, type Journal } from "@ghlkit/storage";
import { createConversationProviderSource } from "@ghlkit/webhooks";
import { createGhl, type LocationClient } from "ghlkit";
import { watchedFetch } from "../../emulator-under-way.ts";
import {
  createConversationProvider,
  type CarrierResult,
  type ConversationProvider,
  type ConversationProviderOptions,
  type ProviderMessage,
} from "../../../src/conversations/provider/index.ts";

/** A provider whose carrier is a list, on an emulator that posts to it. */
export interface ProviderBench {
  readonly clock: ManualClock;
  readonly emulator: Emulator;
  readonly journal: Journal;
  readonly location: LocationClient;
  readonly provider: ConversationProvider;
  readonly contactId: string;
  /** What the carrier was given. */
  readonly carried: readonly ProviderMessage[];
  /** Sends a text through the provider and has it delivered. */
  readonly sendText: (text: string) => Promise<string>;
  /** Has the provider deliver what was posted to it. */
  readonly work: () => Promise<void>;
  readonly statusOf: (messageId: string) => Promise<string | undefined>;
  readonly run: <Result>(program: () => Promise<Result>) => Promise<Result>;
}

type Given = Partial<Pick<ConversationProviderOptions<undefined>, "deliver" | "wasDelivered" | "checkOptOut">>;

export async function openProvider({ deliver, ...given }: Given = {}): Promise<ProviderBench> {
  const clock = createManualClock();
  const target: { receive?: (request: Request) => Promise<Response> } = {};
  const emulator = createEmulator({
    clock,
    enforceBurstLimit: false,
    webhooks: {
      events: { ProviderOutboundMessage: "https://provider.example/deliver" },
      deliver: async (request) => (await target.receive?.(request)) ?? new Response(),
    },
  });
  const { tokens, locationId, app } = emulator.seed;
  const { fetch, isBusy } = watchedFetch(emulator);
  const ghl = createGhl({ token: tokens.appLocation, location: locationId, fetch, clock, retry: { maxAttempts: 1 } });
  const location = ghl.location(locationId);
  const { journal, inbox } = createMemoryStorage({ clock });
  const carried: ProviderMessage[] = [];
  const providerId = "provider-1";
  const provider = createConversationProvider({
    providerId,
    source: createConversationProviderSource({ appId: app.id, additionalKeys: [(await emulator.webhookPublicKeys()).ed25519] }),
    inbox,
    journal,
    locationOf: () => location,
    deliver: async (message, context) => {
      carried.push(message);
      return (await deliver?.(message, context)) ?? accepted(message);
    },
    clock,
    ...given,
  });
  target.receive = provider.receiver;
  const { contact } = await location.contacts.create({ body: { phone: "+14155550101" } });
  const work = async (): Promise<void> => {
    await runOnClock(clock, async () => void (await provider.receiver.worker?.runDue()), { isBusy });
  };
  return {
    clock,
    emulator,
    journal,
    location,
    provider,
    contactId: contact.id,
    carried,
    work,
    run: (program) => runOnClock(clock, program, { isBusy }),
    sendText: async (text) => {
      const body = { type: "SMS", contactId: contact.id, message: text, conversationProviderId: providerId } as const;
      const { messageId } = await location.conversations.sendMessage({ body });
      await emulator.webhooks.settle();
      await work();
      return messageId;
    },
    statusOf: async (messageId) => {
      const answer = await location.conversations.getMessage({ id: messageId });
      const message = "message" in answer && typeof answer.message === "object" ? answer.message : answer;
      return (message as { readonly status?: string }).status;
    },
  };
}

function accepted({ messageId }: ProviderMessage): CarrierResult {
  return { outcome: "accepted", carrierId: `carrier-${messageId}` };
}
