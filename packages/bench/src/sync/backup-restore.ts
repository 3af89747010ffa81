import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { backup, restore, type BackupClient, type RestoreReport } from "@ghlkit/sync/node";
import { createGhl, type Ghl } from "ghlkit";
import { measure, type Measure } from "../measure.ts";
import { fillContacts } from "./fill-emulator.ts";
import { syncHere } from "./sync-here.ts";

type Stored = Readonly<Record<string, unknown>> & { readonly id: string };

const contacts = Number(process.env["GHLKIT_CONTACTS"] ?? 50_000);
/** What the platform lets through, per second. */
const callsASecond = 10;

/** A location with contacts, each with a deal and a note, is backed up, and restored into another one. The rate limit is counted, not waited for. */
export async function backupRestore(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-"));
  const source = await filled(platform("ghlkit"));
  const target = platform("elsewhere");
  const { sync, into: from, ghl, calls, locationId } = syncHere({ on: source, kinds: ["contacts", "opportunities"] });
  const storage = createSqliteStorage({ path: join(folder, "restore.db"), synchronous: "NORMAL" });
  try {
    await sync.catchUp();
    calls.clear();
    const backedUp = await backup({
      from,
      folder: join(folder, "backup"),
      locations: [locationId],
      kinds: ["contacts", "opportunities"],
      ghl,
      notes: true,
    });
    const backupCalls = total(calls);
    const { client, calls: written } = clientOf(target);
    const begin = performance.now();
    const into = target.seed.locationId;
    const options = { folder: join(folder, "backup"), into, ghl: client, journal: storage.journal };
    const report = await restore({ ...options, apply: true });
    const seconds = (performance.now() - begin) / 1000;
    const restoreCalls = total(written);
    written.clear();
    const again = await restore({ ...options, apply: true, id: "once more" });
    const repeated = Object.values(again.counts).reduce((sum, { created, updated }) => sum + created + updated, 0);
    const label = `backup and restore of ${contacts} contacts with a deal and a note each`;
    return [
      measure(`${label}: records that differ after id mapping, beyond what is stated`, differences(source, target, report), "", {
        atMost: 0,
      }),
      measure(`${label}: records that were refused`, report.failures.length, "", { atMost: 0 }),
      measure(`${label}: records written by a second restore`, repeated, "", { atMost: 0 }),
      measure(`${label}: sentences of what is not restored`, report.notRestored.length, ""),
      measure(
        `${label}: calls of the backup (${Object.values(backedUp.records).reduce((sum, count) => sum + count, 0)} records)`,
        backupCalls,
        "",
      ),
      measure(`${label}: the backup at ${callsASecond} calls a second`, backupCalls / callsASecond / 60, "min"),
      measure(`${label}: calls of the restore`, restoreCalls, ""),
      measure(`${label}: the restore at ${callsASecond} calls a second`, restoreCalls / callsASecond / 60, "min"),
      measure(`${label}: the restore without a limit, platform in this process`, seconds, "s"),
    ];
  } finally {
    await storage.close();
    await sync.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function platform(seed: string): Emulator {
  return createEmulator({ seed, burstLimit: 1_000_000_000, dailyLimit: 1_000_000_000, journalSize: 0, allowDuplicateOpportunities: true });
}

/** Contacts, each with a deal and a note, put there without a call for each. */
async function filled(emulator: Emulator): Promise<Emulator> {
  const ids = await fillContacts(emulator, { count: contacts, everyMs: 60_000 });
  const { locationId, pipelineId, stageIds } = emulator.seed;
  const location = clientOf(emulator).client.location(locationId);
  const [first = ""] = ids;
  const { opportunity } = await location.opportunities.create({
    body: { contactId: first, name: "Pattern", pipelineId, pipelineStageId: stageIds[0] ?? "", status: "open", monetaryValue: 1 },
  });
  const { note } = await location.contacts.createNote({ contactId: first, body: { body: "Pattern" } });
  const snapshot = emulator.snapshot() as Readonly<Record<string, readonly Stored[]>>;
  const deal = snapshot["opportunities"]?.find(({ id }) => id === opportunity.id) as Stored;
  const pattern = snapshot["notes"]?.find(({ id }) => id === note.id) as Stored;
  const suffix = (at: number): string => String(at).padStart(13, "0");
  const opportunities = ids.map((contactId, at) => ({
    ...deal,
    id: `dealdeal${suffix(at)}`,
    contactId,
    name: `Deal ${at}`,
    monetaryValue: at,
    pipelineStageId: stageIds[at % stageIds.length],
  }));
  const notes = ids.map((contactId, at) => ({ ...pattern, id: `notenote${suffix(at)}`, contactId, body: `Note ${at}` }));
  emulator.restore({ ...snapshot, opportunities, notes } as unknown as ReturnType<Emulator["snapshot"]>);
  return emulator;
}

function clientOf(emulator: Emulator): { readonly client: Ghl & BackupClient; readonly calls: Map<string, number> } {
  const calls = new Map<string, number>();
  const { tokens, locationId } = emulator.seed;
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const answer = await emulator.fetch(new Request(input, init));
    const operation = answer.headers.get("x-emulator-operation") ?? "?";
    calls.set(operation, (calls.get(operation) ?? 0) + 1);
    return answer;
  };
  const client = createGhl({
    token: tokens.location,
    location: locationId,
    baseUrl: "https://emulator.example",
    fetch,
    limits: { limit: 1_000_000_000 },
  });
  return { client, calls };
}

function total(calls: ReadonlyMap<string, number>): number {
  return [...calls.values()].reduce((sum, count) => sum + count, 0);
}

/** Records that are missing, other than in the source, or too many; owners, ids and times are among what is stated to be lost. */
function differences(source: Emulator, target: Emulator, { ids }: RestoreReport): number {
  const of = (emulator: Emulator, kind: string): readonly Stored[] =>
    ((emulator.snapshot() as Readonly<Record<string, readonly Stored[]>>)[kind] ?? []).filter(
      ({ locationId }) => locationId === undefined || locationId === emulator.seed.locationId,
    );
  const contactOf = ({ contactId }: Stored): unknown => ids.contacts?.get(String(contactId));
  const stageOf = (emulator: Emulator, { pipelineStageId }: Stored): number => emulator.seed.stageIds.indexOf(String(pipelineStageId));
  const facts = {
    contacts: ({ firstName, lastName, email, phone, tags }: Stored, _: Emulator, __: unknown) => [firstName, lastName, email, phone, tags],
    opportunities: (one: Stored, emulator: Emulator, contactId: unknown) => [
      one["name"],
      one["status"],
      one["monetaryValue"],
      stageOf(emulator, one),
      contactId,
    ],
    notes: ({ body }: Stored, _: Emulator, contactId: unknown) => [body, contactId],
  } as const;
  let different = 0;
  for (const kind of ["contacts", "opportunities", "notes"] as const) {
    const there = new Map(of(target, kind).map((one) => [one.id, JSON.stringify(facts[kind](one, target, one["contactId"]))]));
    const wanted = of(source, kind);
    different += Math.abs(wanted.length - there.size);
    for (const one of wanted)
      if (there.get(ids[kind]?.get(one.id) ?? "") !== JSON.stringify(facts[kind](one, source, contactOf(one)))) different += 1;
  }
  return different;
}
