import { createEmulator } from "@ghlkit/emulator";
import { kinds, type Kind } from "@ghlkit/sync";
import { createGhl } from "ghlkit";
import { measure, type Measure } from "../measure.ts";
import { seeded } from "@ghlkit/test-servers/seeded";
import { createActivity } from "./activity.ts";
import { fillContacts } from "./fill-emulator.ts";
import { syncHere, type SyncHere } from "./sync-here.ts";

const contacts = 10_000;
const changesADay = 500;
const dayMs = 86_400_000;

/** Operations by the kind that they are called for. */
const kindOf: Readonly<Record<string, Kind>> = {
  "contacts.search": "contacts",
  "contacts.get": "contacts",
  "opportunities.search": "opportunities",
  "opportunities.get": "opportunities",
  "calendars.list": "appointments",
  "calendars.listEvents": "appointments",
  "calendars.getAppointment": "appointments",
  "conversations.search": "conversations",
  "conversations.get": "conversations",
  "conversations.exportMessages": "messages",
  "conversations.getMessage": "messages",
  "invoices.list": "invoices",
  "invoices.get": "invoices",
  "payments.listTransactions": "transactions",
  "payments.getTransaction": "transactions",
};

/** A day of all seven kinds, by webhooks and by polling. */
export async function steadyState(): Promise<readonly Measure[]> {
  return [...(await byWebhooks()), ...(await byPolling())];
}

async function begin(): Promise<{ readonly world: SyncHere; readonly change: () => Promise<void> }> {
  const pending: { deliver: (request: Request) => Promise<Response> } = { deliver: async () => new Response() };
  const emulator = createEmulator({
    enforceBurstLimit: false,
    dailyLimit: 100_000_000,
    journalSize: 0,
    allowDuplicates: true,
    allowDuplicateOpportunities: true,
    webhooks: { url: "https://app.example/webhooks", deliver: (request) => pending.deliver(request) },
  });
  const ids = await fillContacts(emulator, { count: contacts, everyMs: 60_000 });
  const { tokens, locationId, users } = emulator.seed;
  const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => emulator.fetch(new Request(input, init));
  const others = createGhl({
    token: tokens.location,
    location: locationId,
    baseUrl: "https://emulator.example",
    fetch,
    limits: { limit: 100_000_000 },
  });
  for (let calendar = 1; calendar < 5; calendar += 1)
    await others
      .location(locationId)
      .calendars.create({ body: { name: `Calendar ${calendar}`, calendarType: "event", teamMembers: [{ userId: users.admin }] } as never });
  const world = syncHere({ on: emulator });
  receivers.set(world, pending);
  return { world, change: createActivity(emulator, others, ids, seeded(3)) };
}

const receivers = new WeakMap<SyncHere, { deliver: (request: Request) => Promise<Response> }>();

async function byWebhooks(): Promise<readonly Measure[]> {
  const { world, change } = await begin();
  const { emulator, sync, storage, calls } = world;
  const { ed25519 } = await emulator.webhookPublicKeys();
  const receiver = sync.receiver({ appId: emulator.seed.app.id, additionalKeys: [ed25519] });
  const route = receivers.get(world);
  if (route !== undefined) route.deliver = receiver;
  await sync.catchUp();
  calls.clear();
  for (let number = 0; number < changesADay; number += 1) {
    emulator.clock.advance(dayMs / changesADay);
    await change();
    await emulator.webhooks.settle();
    while ((await storage.inbox.backlog()).waiting > 0) await receiver.worker?.runDue();
    await sync.catchUp();
  }
  const report = callsByKind(world, `a day of ${contacts} contacts, 5 calendars, ${changesADay} changes, by webhooks`, 2000);
  const different = (await sync.verify()).reduce((sum, { different: some }) => sum + some, 0);
  await receiver.close();
  await sync.close();
  return [...report, measure(`the same: records that differ at the end of the day`, different, "", { atMost: 0 }), await webhookToRow()];
}

async function byPolling(): Promise<readonly Measure[]> {
  const { world, change } = await begin();
  const { emulator, sync, calls } = world;
  await sync.catchUp();
  calls.clear();
  const lags: number[] = [];
  let untrue = 0;
  for (let minute = 0; minute < 1440; minute += 1) {
    emulator.clock.advance(60_000);
    if (minute % 3 === 0) await change();
    const before = await sync.status();
    for (const { lagMs } of before) lags.push(lagMs ?? Number.NaN);
    await sync.catchUp();
    // What was changed more than the stated lag ago is in the copy.
    if (minute % 240 === 239) untrue += await staleBeyondLag(world);
  }
  const label = `a day of ${contacts} contacts, 5 calendars, 480 changes, by polling`;
  const report = callsByKind(world, label);
  await sync.close();
  return [
    ...report,
    measure(`${label}: largest lagMs that was stated`, Math.max(...lags), "ms"),
    measure(`${label}: records that differ once the largest stated lag has passed`, untrue, "", { atMost: 0 }),
  ];
}

/** Records that differ although their kind's lag, and that of the index, is over: everything, once no more changes come for that long. */
async function staleBeyondLag({ emulator, sync }: SyncHere): Promise<number> {
  const most = Math.max(...(await sync.status()).map(({ lagMs }) => lagMs ?? 0), 900_000);
  emulator.clock.advance(most + 60_000);
  await sync.catchUp();
  return (await sync.verify()).reduce((sum, { different }) => sum + different, 0);
}

function callsByKind({ calls }: SyncHere, label: string, most?: number): readonly Measure[] {
  const perKind = new Map<Kind, number>(kinds.map((kind) => [kind, 0]));
  let all = 0;
  for (const [operation, count] of calls) {
    const kind = kindOf[operation];
    if (kind === undefined) throw new Error(`${operation} is of no kind.`);
    perKind.set(kind, (perKind.get(kind) ?? 0) + count);
    all += count;
  }
  return [
    measure(`${label}: calls`, all, "a day", most === undefined ? {} : { atMost: most }),
    ...[...perKind].map(([kind, count]) => measure(`${label}: calls for ${kind}`, count, "a day")),
  ];
}

/** How long a change takes until it is in the copy, on the machine's clock. */
async function webhookToRow(): Promise<Measure> {
  const { world } = await begin();
  const { emulator, locationId, ghl } = world;
  const arrived = new Map<string, number>();
  const changed = syncHere({
    on: emulator,
    kinds: ["contacts"],
    onChange: ({ id, source }) => void (source === "webhook" && arrived.set(id, performance.now())),
  });
  const { ed25519 } = await emulator.webhookPublicKeys();
  const receiver = changed.sync.receiver({ appId: emulator.seed.app.id, additionalKeys: [ed25519] });
  const route = receivers.get(world);
  if (route !== undefined) route.deliver = receiver;
  await changed.sync.catchUp();
  await changed.sync.start();
  const sent = new Map<string, number>();
  for (let at = 0; at < 300; at += 1) {
    const contactId = `contact${String(at).padStart(13, "0")}`;
    sent.set(contactId, performance.now());
    await ghl.location(locationId).contacts.update({ contactId, body: { firstName: `Timed ${at}` } });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const until = performance.now() + 30_000;
  while (arrived.size < sent.size && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  await changed.sync.close();
  await world.sync.close();
  const waits = [...sent].map(([id, at]) => (arrived.get(id) ?? Number.POSITIVE_INFINITY) - at).toSorted((a, b) => a - b);
  return measure("webhook to row, p95 of 300 changes", waits[Math.floor(waits.length * 0.95)] ?? Number.NaN, "ms", { atMost: 1000 });
}
