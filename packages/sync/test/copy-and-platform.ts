import type { Kind } from "../src/index.ts";
import type { SyncOnEmulator } from "./sync-on-emulator.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A record by what of it is compared. */
type Facts = ReadonlyMap<string, string>;

const facts: Readonly<Record<Kind, (record: Fields) => readonly unknown[]>> = {
  contacts: ({ firstName, email, phone, tags, dateUpdated }) => [firstName, email, phone, tags, dateUpdated],
  opportunities: ({ name, status, pipelineStageId, monetaryValue, updatedAt }) => [name, status, pipelineStageId, monetaryValue, updatedAt],
  appointments: ({ title, startTime, appointmentStatus, dateUpdated }) => [title, startTime, appointmentStatus, dateUpdated],
  conversations: ({ contactId, unreadCount, lastMessageDate, lastMessageAtMs }) => [
    contactId,
    unreadCount,
    lastMessageDate ?? lastMessageAtMs,
  ],
  messages: ({ conversationId, body, status, direction }) => [conversationId, body, status, direction],
  invoices: ({ status, name, amountPaid, updatedAt }) => [status, name, amountPaid, updatedAt],
  transactions: ({ status, amount, entityId }) => [status, amount, entityId],
};

/** What the emulator has, from its own state and not by its answers. */
export function factsOfPlatform({ emulator, locationId }: SyncOnEmulator, kind: Kind): Facts {
  const snapshot = emulator.snapshot() as unknown as Readonly<Record<string, readonly Fields[]>>;
  const all = snapshot[kind] ?? recordsOf(snapshot, kind === "invoices" ? "/invoices" : "/payments/transactions");
  const here = all.filter((record) => record["locationId"] === locationId);
  return new Map(here.map((record) => [String(record["id"]), factsText(kind, record)]));
}

function recordsOf({ records = [] }: Readonly<Record<string, readonly Fields[]>>, resource: string): readonly Fields[] {
  return records
    .filter((record) => record["resource"] === resource)
    .map(({ recordId, locationId, createdAt, updatedAt, fields }) => ({
      ...(fields as Fields),
      id: recordId,
      locationId,
      createdAt,
      updatedAt,
    }));
}

/** What the copy has. */
export async function factsOfCopy({ into, locationId }: SyncOnEmulator, kind: Kind): Promise<Facts> {
  const rows = await into.all("select id, body from $s.ghl_records where location = ?1 and kind = ?2 and deleted_at is null", [
    locationId,
    kind,
  ]);
  return new Map(rows.map(({ id, body }) => [String(id), factsText(kind, (typeof body === "string" ? JSON.parse(body) : body) as Fields)]));
}

function factsText(kind: Kind, record: Fields): string {
  return JSON.stringify(facts[kind](record));
}

/** Records in which copy and platform differ, as a text each; an empty list says that they are equal. */
export async function differences(world: SyncOnEmulator, kinds: readonly Kind[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const kind of kinds) {
    const [there, here] = [factsOfPlatform(world, kind), await factsOfCopy(world, kind)];
    for (const id of new Set([...there.keys(), ...here.keys()]))
      if (there.get(id) !== here.get(id)) found.push(`${kind} ${id}: platform ${there.get(id)}, copy ${here.get(id)}`);
  }
  return found;
}

/** How many records the platform has of a kind. */
export function countOnPlatform(world: SyncOnEmulator, kind: Kind): number {
  return factsOfPlatform(world, kind).size;
}
