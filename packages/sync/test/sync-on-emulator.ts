import { systemClock, type Clock } from "@ghlkit/core";
import { createEmulator, type Emulator, type EmulatorOptions } from "@ghlkit/emulator";
import { createMemoryStorage, type Stores } from "@ghlkit/storage";
import { createGhl, type Ghl } from "ghlkit";
import { createSync, type CopyEngine, type Sync, type SyncChange, type SyncEvent, type SyncOptions } from "../src/index.ts";
import { sqlite } from "../src/sqlite/index.ts";

export interface SyncOnEmulator {
  readonly emulator: Emulator;
  /** The emulator's: `emulator.clock.advance(ms)` moves it. Timers are the machine's. */
  readonly clock: Clock;
  readonly ghl: Ghl;
  readonly storage: Stores;
  readonly sync: Sync;
  readonly into: CopyEngine;
  readonly locationId: string;
  readonly events: SyncEvent[];
  readonly changes: SyncChange[];
  /** Rows of a query. */
  readonly rows: (text: string) => Promise<readonly Record<string, unknown>[]>;
  /** Operations that were called since the last look. */
  readonly called: () => readonly string[];
  /** The same copy by another process: same database, same storage. */
  readonly again: (options?: Partial<SyncOptions>) => Sync;
}

/** A copy of the seeded location of an emulator in this process, on a clock of its own. */
export function syncOnEmulator(
  options: Partial<SyncOptions> & {
    readonly emulator?: EmulatorOptions;
    readonly change?: (request: Request, answer: Response) => Response | Promise<Response>;
  } = {},
): SyncOnEmulator {
  const { emulator: emulatorOptions, change, ...syncOptions } = options;
  const emulator: Emulator = createEmulator({
    enforceBurstLimit: false,
    webhooks: { deliver: async (request) => deliveries.get(emulator)?.(request) ?? new Response(null, { status: 503 }) },
    ...emulatorOptions,
  });
  const clock: Clock = { ...systemClock, now: emulator.clock.now };
  const { locationId, tokens } = emulator.seed;
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const answer = await emulator.fetch(request.clone());
    return change === undefined ? answer : change(request, answer);
  };
  const ghl = createGhl({
    token: tokens.location,
    location: locationId,
    baseUrl: "https://emulator.example",
    fetch,
    clock,
    limits: { limit: 1_000_000 },
    retry: { maxAttempts: 1 },
  });
  const storage = createMemoryStorage({ clock });
  const into = options.into ?? sqlite(":memory:");
  const events: SyncEvent[] = [];
  const changes: SyncChange[] = [];
  const again = (more: Partial<SyncOptions> = {}): Sync =>
    createSync({
      ghl,
      storage,
      locations: [locationId],
      clock,
      onEvent: (event) => events.push(event),
      onChange: (event) => changes.push(event),
      ...syncOptions,
      into,
      ...more,
    });
  let seen = 0;
  return {
    emulator,
    clock,
    ghl,
    storage,
    into,
    locationId,
    events,
    changes,
    sync: again(),
    again,
    rows: (text) => into.all(text) as Promise<readonly Record<string, unknown>[]>,
    called: () => {
      const all = emulator.requests(100_000).map(({ operation }) => operation ?? "?");
      const fresh = all.slice(seen);
      seen = all.length;
      return fresh;
    },
  };
}

/** Adds contacts, named by their number from 1. */
export async function addContacts({ ghl, locationId }: Pick<SyncOnEmulator, "ghl" | "locationId">, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const body = { firstName: `Person ${number}`, email: `person${number}@example.com` };
    ids.push((await ghl.location(locationId).contacts.create({ body })).contact.id);
  }
  return ids;
}

export interface Fed {
  /** Resolves when every event has been handled. */
  readonly settle: () => Promise<void>;
  /** Events are kept from now on, and not handled. */
  readonly hold: () => void;
  readonly release: () => void;
}

/** Runs an action while the copy is fed by the webhooks of the emulator. `deliver` may lose, repeat or reorder them. */
export async function withReceiver(world: SyncOnEmulator, action: (fed: Fed) => Promise<void>): Promise<void> {
  const { emulator, sync, storage } = world;
  const { ed25519 } = await emulator.webhookPublicKeys();
  const receiver = sync.receiver({ appId: emulator.seed.app.id, additionalKeys: [ed25519] });
  deliveries.set(emulator, receiver);
  emulator.webhooks.subscribe({ url: "https://app.example/webhooks" });
  let isHeld = false;
  const settle = async (): Promise<void> => {
    await emulator.webhooks.settle();
    while (!isHeld && (await storage.inbox.backlog()).waiting > 0) await receiver.worker?.runDue();
  };
  try {
    await action({ settle, hold: () => (isHeld = true), release: () => (isHeld = false) });
  } finally {
    await receiver.close();
  }
}

const deliveries = new WeakMap<Emulator, (request: Request) => Promise<Response>>();

/** Gives each contact a deal, an appointment, messages, and an invoice that is paid. */
export async function addActivity(
  { ghl, emulator, locationId }: Pick<SyncOnEmulator, "ghl" | "emulator" | "locationId">,
  contactIds: readonly string[],
): Promise<void> {
  const location = ghl.location(locationId);
  const { pipelineId, stageIds, calendarId, users } = emulator.seed;
  const tomorrow = emulator.clock.now() + 86_400_000;
  for (const [number, contactId] of contactIds.entries()) {
    await location.opportunities.create({
      body: {
        contactId,
        name: `Deal ${number}`,
        pipelineId,
        pipelineStageId: stageIds[0] ?? "",
        status: "open",
        monetaryValue: 100 + number,
      },
    });
    const startTime = new Date(tomorrow + number * 3_600_000).toISOString();
    await location.calendars.createAppointment({
      body: { calendarId, contactId, assignedUserId: users.admin, startTime, ignoreFreeSlotValidation: true },
    });
    emulator.act.replyAs(contactId, `Hello ${number}`, { channel: "email" });
    const invoice = await location.invoices.create({
      body: {
        altType: "location",
        name: `Invoice ${number}`,
        currency: "USD",
        items: [{ name: "Check-up", currency: "USD", amount: 50, qty: 1 }],
        contactDetails: { id: contactId, name: `Payer ${number}`, phoneNo: "+12025550143", email: `payer${number}@example.com` },
        liveMode: true,
        sentTo: { email: [`payer${number}@example.com`] },
        issueDate: "2026-01-01",
        businessDetails: { name: "Practice" },
        discount: { type: "percentage", value: 0 },
      } as never,
    });
    const invoiceId = (invoice as unknown as { readonly _id: string })._id;
    await location.invoices.send({
      invoiceId,
      body: { altType: "location", userId: emulator.seed.users.admin, action: "email", liveMode: true } as never,
    });
    await location.invoices.recordPayment({ invoiceId, body: { altType: "location", mode: "cash", amount: 20, notes: "" } as never });
  }
}
