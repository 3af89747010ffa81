import { createManualClock, type ManualClock } from "@ghlkit/core/testing";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import type { Inbox } from "@ghlkit/storage";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { createMarketplaceSource, createWebhookReceiver, createWebhookWorker, repairGap, repairGaps, type Reader } from "@ghlkit/webhooks";
import { createGhl, createWebhookReader } from "ghlkit";
import { Pool } from "pg";
import { startPostgres } from "@ghlkit/test-servers/postgres";
import { measure, type Measure } from "../measure.ts";
import { createMirror, type Mirror } from "./mirror.ts";
import { createPlatformUser, type PlatformUser } from "./platform-user.ts";

const minute = 60_000;
const outageMs = 180 * minute;
const contactsBefore = 3000;
const opportunitiesBefore = 300;
const pageOfContacts = 500;

/** What happens while no receiver runs. */
const meanwhile = { created: 200, changed: 200, deleted: 100, deals: 60, messages: 100 };

/** What three hours without a receiver leave behind once they are repaired. */
export async function gap(): Promise<readonly Measure[]> {
  const postgres = await startPostgres();
  const pool = new Pool({ connectionString: postgres.connectionString });
  // The server goes before its connections do.
  pool.on("error", () => {});
  try {
    const { inbox } = await createPostgresStorage({ pool });
    return await withOutage(inbox as Inbox, async (now) => {
      // Times of the inbox are the database's own: it is made to keep the emulated ones.
      await pool.query(`create or replace function ghlkit.now_ms() returns bigint language sql volatile as 'select ${now}::bigint'`);
    });
  } finally {
    await pool.end();
    await postgres.stop();
  }
}

async function withOutage(inbox: Inbox, setTime: (now: number) => Promise<void>): Promise<readonly Measure[]> {
  const clock = createManualClock(Date.parse("2026-06-01T00:00:00Z"));
  const platform = createUnreliablePlatform(clock, (request) => receiver(request));
  const { emulator } = platform;
  const { ed25519 } = await emulator.webhookPublicKeys();
  const source = createMarketplaceSource({ dangerouslyAcceptAnyApp: true, additionalKeys: [ed25519], clock });
  const receiver = createWebhookReceiver({ source, inbox, clock });
  const mirror = createMirror();
  const worker = createWebhookWorker({ inbox, clock, handlers: { "*": mirror.handle } });
  const pass = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    await emulator.clock.run(0);
    await setTime(clock.now());
  };
  const isAlive = (): Promise<unknown> => inbox.beat({ gapAfterMs: 3 * minute });

  await pass(0);
  const user = createPlatformUser(emulator);
  const before = await fill(user);
  await emulator.webhooks.settle();
  await worker.runDue();
  await pass(10 * minute);
  await isAlive();
  platform.setDown(true);
  await changeEverything(user, before, () => pass(outageMs / 10));
  await emulator.webhooks.settle();
  platform.setDown(false);
  const missed = new Set(emulator.webhooks.deliveries({ state: "failed" }).map(({ body }) => mirror.keyOf(JSON.parse(body) as object)));
  await isAlive();
  return repair({ emulator, inbox, clock, mirror, user, missed, handle: () => worker.runDue() });
}

/** Before the outage. */
interface Before {
  readonly contacts: readonly string[];
  readonly opportunities: readonly string[];
}

async function fill(user: PlatformUser): Promise<Before> {
  const contacts: string[] = [];
  for (let at = 0; at < contactsBefore; at += 1) contacts.push(await user.createContact(`Person ${at}`));
  const opportunities: string[] = [];
  for (let at = 0; at < opportunitiesBefore; at += 1) opportunities.push(await user.createOpportunity(contacts[at] ?? "", `Deal ${at}`));
  return { contacts, opportunities };
}

/** In ten parts, with time in between: every kind of change in each. */
async function changeEverything(user: PlatformUser, { contacts, opportunities }: Before, pause: () => Promise<void>): Promise<void> {
  const { created, changed, deleted, deals, messages } = meanwhile;
  const changing = contacts.slice(0, changed);
  const going = contacts.slice(changed, changed + deleted);
  const goingDeals = opportunities.slice(0, deals / 2);
  const changingDeals = opportunities.slice(deals / 2, deals);
  for (let part = 0; part < 10; part += 1) {
    const mine = <Item>(items: readonly Item[]): readonly Item[] => items.filter((_, at) => at % 10 === part);
    await pause();
    for (let at = 0; at < created / 10; at += 1) {
      const id = await user.createContact(`New ${part}-${at}`);
      if (at < deals / 10) await user.createOpportunity(id, `New deal ${part}-${at}`);
    }
    for (const id of mine(changing)) await user.renameContact(id, `Changed ${id}`);
    for (const id of mine(going)) await user.deleteContact(id);
    for (const id of mine(changingDeals)) await user.renameOpportunity(id, `Changed ${id}`);
    for (const id of mine(goingDeals)) await user.deleteOpportunity(id);
    for (const id of mine(contacts.slice(-messages))) await user.sendMessage(id, `Hello ${id}`);
  }
  await pause();
}

interface Repair {
  readonly emulator: Emulator;
  readonly inbox: Inbox;
  readonly clock: ManualClock;
  readonly mirror: Mirror;
  readonly user: PlatformUser;
  /** What was not delivered, by its kind, its record, and whether that was deleted. */
  readonly missed: ReadonlySet<string>;
  readonly handle: () => Promise<unknown>;
}

async function repair({ emulator, inbox, clock, mirror, user, missed, handle }: Repair): Promise<readonly Measure[]> {
  const { locationId, tokens } = emulator.seed;
  let searches = 0;
  const ghl = createGhl({
    token: tokens.location,
    location: locationId,
    baseUrl: "http://127.0.0.1",
    fetch: (url, init) => {
      if (new URL(String(url)).pathname === "/contacts/search") searches += 1;
      return emulator.fetch(new Request(url, init));
    },
  });
  const reader: Reader = createWebhookReader(ghl);
  const options = { inbox, reader, locations: [locationId], clock };
  const [open] = await inbox.gaps();
  if (open === undefined) throw new Error("The outage left no gap.");
  mirror.clearReported();
  await repairGap({ ...options, since: open.from });
  const pages = searches;
  const [second] = await repairGaps({ ...options, known: (kind) => mirror.ids(kind) });
  await handle();
  await ghl.close();

  const reported = mirror.reported();
  const unreported = [...missed].filter((key) => !reported.has(key));
  const label = `3 h without a receiver, retries exhausted, PostgreSQL`;
  const count = (isDeletion: boolean): number => unreported.filter((key) => key.endsWith(" deleted") === isDeletion).length;
  const allPages = Math.ceil((contactsBefore + meanwhile.created) / pageOfContacts);
  return [
    measure(`${label}: creations and changes that stay unknown, of ${[...missed].filter((key) => !key.endsWith(" deleted")).length}`, count(false), "", { atMost: 0 }), // prettier-ignore
    measure(`${label}: deletions that stay unknown, of ${[...missed].filter((key) => key.endsWith(" deleted")).length}`, count(true), "", { atMost: 0 }), // prettier-ignore
    measure(`${label}: reported records to which nothing had happened`, [...reported].filter((key) => !missed.has(key)).length, "", { atMost: 0 }), // prettier-ignore
    measure(`${label}: records that are not as the platform has them afterwards`, mirror.differences(await user.everything()), "", { atMost: 0 }), // prettier-ignore
    measure(`${label}: reported again by a second repair`, (second?.created ?? 0) + (second?.updated ?? 0), "", { atMost: 0 }),
    measure(`${label}: gaps left open`, (await inbox.gaps()).length, "", { atMost: 0 }),
    measure(`${label}: pages of contacts read for it`, pages, "", { atMost: 2 }, { "all pages": allPages }),
  ];
}

/** A platform whose webhooks are lost while the receiver is down: under this rule a refused connection is final. */
function createUnreliablePlatform(
  clock: ManualClock,
  receive: (request: Request) => Promise<Response>,
): { readonly emulator: Emulator; readonly setDown: (isDown: boolean) => void } {
  let down = false;
  const deliver = (request: Request): Promise<Response> => (down ? Promise.reject(new Error("connection refused")) : receive(request));
  const webhooks = { url: "https://app.example/hooks", retry: "429-only", scopes: "ignore", deliver } as const;
  const emulator = createEmulator({ clock, enforceBurstLimit: false, journalSize: 0, webhooks });
  return { emulator, setDown: (isDown) => void (down = isDown) };
}
