import type { LocationClient } from "@ghlkit/client";
import { ghlError } from "@ghlkit/core";
import { locationZone } from "../location/location-zone.ts";
import { wallTimeMs } from "../time/zoned-time.ts";
import { mergeInOrder } from "./merge-in-order.ts";
import type { TimelineEntry, TimelineKind } from "./timeline-entry.ts";
import { checkChoice } from "../run/check-choice.ts";

/** A client bound to one location; only the services of the kinds that are read are used. */
export type TimelineClient = Pick<LocationClient, "contacts"> &
  Partial<Pick<LocationClient, "conversations" | "locations" | "opportunities" | "payments">>;

/** Options of {@link timeline}. */
export interface TimelineOptions {
  /**
   * What is read. A token that may not read payments leaves them out here.
   * @default all
   */
  readonly kinds?: readonly TimelineKind[];
  /**
   * Messages are read page by page as the loop goes on; under `"oldest"` all of them are read first.
   * @default "newest"
   */
  readonly first?: "newest" | "oldest";
  /** Ends it: its error is `aborted`. */
  readonly signal?: AbortSignal;
}

const allKinds: readonly TimelineKind[] = ["message", "note", "task", "appointment", "deal", "payment"];

/**
 * What happened with a contact, in order: messages, notes, tasks, appointments, deals and payments.
 * @throws GhlError `scope_missing` for a kind that the token may not read
 */
export async function* timeline(
  location: TimelineClient,
  contactId: string,
  { kinds = allKinds, first = "newest", signal }: TimelineOptions = {},
): AsyncGenerator<TimelineEntry, void, undefined> {
  const options = signal === undefined ? {} : { signal };
  for (const kind of kinds) checkChoice("timeline", "kinds", kind, allKinds);
  const sources = kinds.map((kind) => readers[kind](location, contactId, options));
  const newest = mergeInOrder(sources, newestFirst);
  if (first === "newest") return yield* newest;
  const all: TimelineEntry[] = [];
  for await (const entry of newest) all.push(entry);
  yield* all.reverse();
}

type Options = { readonly signal?: AbortSignal };
type Reader = (location: TimelineClient, contactId: string, options: Options) => AsyncIterable<TimelineEntry>;

const readers: Readonly<Record<TimelineKind, Reader>> = {
  message: messages,
  note: ({ contacts }, contactId, options) =>
    sorted(async () =>
      (await contacts.listNotes({ contactId }, options)).notes.map((note) => entryAt(note.dateAdded, { kind: "note", note })),
    ),
  task: ({ contacts }, contactId, options) =>
    sorted(async () =>
      (await contacts.listTasks({ contactId }, options)).tasks.map((task) => entryAt(task.dueDate, { kind: "task", task })),
    ),
  appointment: ({ contacts, locations }, contactId, options) =>
    sorted(async () => {
      const { events } = await contacts.listAppointments({ contactId }, options);
      const zone = events.length === 0 || locations === undefined ? "UTC" : await locationZone({ locations });
      return events.map((appointment) => entryAt(withZone(appointment.startTime ?? "", zone), { kind: "appointment", appointment }));
    }),
  deal: ({ opportunities }, contactId, options) =>
    sorted(async () => {
      const entries: TimelineEntry[] = [];
      for await (const deal of needed(opportunities, "opportunities").search({ contactId, status: "all", limit: 100 }, options))
        entries.push(entryAt(deal.createdAt, { kind: "deal", deal }));
      return entries;
    }),
  payment: ({ payments }, contactId, options) =>
    sorted(async () => {
      const entries: TimelineEntry[] = [];
      for await (const payment of needed(payments, "payments").listTransactions({ contactId, limit: 100 }, options))
        entries.push(entryAt(payment.createdAt, { kind: "payment", payment }));
      return entries;
    }),
};

/** Of every thread of the contact, newest first, as the platform lists them. */
async function* messages(
  { conversations }: TimelineClient,
  contactId: string,
  options: Options,
): AsyncGenerator<TimelineEntry, void, undefined> {
  const service = needed(conversations, "conversations");
  const threads: AsyncIterable<TimelineEntry>[] = [];
  for await (const { id } of service.search({ contactId, limit: 100 }, options)) {
    threads.push(messagesOf(service, id, options));
  }
  yield* mergeInOrder(threads, newestFirst);
}

async function* messagesOf(
  conversations: LocationClient["conversations"],
  conversationId: string,
  options: Options,
): AsyncGenerator<TimelineEntry, void, undefined> {
  for await (const message of conversations.listMessages({ conversationId, limit: 100 }, options))
    yield entryAt(message.dateAdded, { kind: "message", message });
}

/** A list that is read as a whole, when its turn comes. */
async function* sorted(read: () => Promise<readonly TimelineEntry[]>): AsyncGenerator<TimelineEntry, void, undefined> {
  yield* (await read()).toSorted(newestFirst);
}

function newestFirst(a: TimelineEntry, b: TimelineEntry): number {
  const [first, second] = [a.at ?? "", b.at ?? ""];
  return first > second ? -1 : first < second ? 1 : 0;
}

type WithoutTime<Entry> = Entry extends TimelineEntry ? Omit<Entry, "at"> : never;

function entryAt(text: string | undefined, entry: WithoutTime<TimelineEntry>): TimelineEntry {
  const known = text ?? "";
  const time = new Date(hasZone(known) ? known : `${known.replace(" ", "T")}Z`);
  return { at: Number.isNaN(time.getTime()) ? undefined : time.toISOString(), ...entry } as TimelineEntry;
}

/** The list of a contact shows wall time of the location's zone. */
function withZone(text: string, zone: string): string {
  const atMs = hasZone(text) ? Number.NaN : wallTimeMs(text, zone);
  return Number.isNaN(atMs) ? text : new Date(atMs).toISOString();
}

function hasZone(text: string): boolean {
  return /([Zz]|[+-]\d{2}:?\d{2})$/.test(text);
}

function needed<Service>(service: Service | undefined, name: string): Service {
  if (service !== undefined) return service;
  throw ghlError("invalid_request", `The timeline needs a client that has ${name}, or kinds without it.`, {});
}
