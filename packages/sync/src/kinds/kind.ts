import type { LocationClient } from "@ghlkit/client";

/** Kinds of records that are copied. */
export const kinds = ["contacts", "opportunities", "appointments", "conversations", "messages", "invoices", "transactions"] as const;

/** A kind of records. */
export type Kind = (typeof kinds)[number];

/** A client bound to one location: `createClient(…).location(id)` and `createGhl(…).location(id)` both fit. */
export type SyncLocation = Pick<
  LocationClient,
  "contacts" | "opportunities" | "calendars" | "conversations" | "invoices" | "payments" | "with"
>;

/** A client for all locations: `createGhl` or `openGhl` of `ghlkit`. */
export interface SyncClient {
  readonly location: (locationId: string) => SyncLocation;
}

/** A record as an answer of the platform has it. */
export type Wire = Readonly<Record<string, unknown>>;

/** One page of a list. */
export interface ListedPage {
  readonly items: readonly Wire[];
  /** Where the list goes on behind this page, as JSON; `undefined` on the last. */
  readonly next: unknown;
  /** How many records there are in all, where the platform says it of the whole list. */
  readonly total?: number | undefined;
  /** `Date` of the answer, ms since epoch: the platform's clock. */
  readonly serverAt?: number | undefined;
  /** Calls that the page took. */
  readonly calls: number;
}

/** Where and how a list is read. */
export interface ListAt {
  /** {@link ListedPage.next} of the last page that was kept. */
  readonly cursor: unknown;
  /** Pages that are read at a time, where the list can be partitioned. */
  readonly pagesAtATime: number;
  readonly clock: { readonly now: () => number };
}

/** Type of a column of the views. `json` is the part of the record as it is. */
export type ColumnType = "text" | "number" | "boolean" | "json";

/** Name of a column → path in the record, with dots, and its type. */
export type Columns = Readonly<Record<string, readonly [path: string, type: ColumnType]>>;

/** Everything that is particular to one kind of records. */
export interface KindDefinition {
  readonly kind: Kind;
  /** Name of its id on the wire. */
  readonly id: string;
  /** Renames of lists, so that a listed record and one that was read alone have one shape. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** What answers add that is no part of the record: sort values, other records, texts in lower case. */
  readonly ignored: readonly string[];
  /** Fields that both lists and single reads have: a difference in one of them is a change. */
  readonly compared: readonly string[];
  /** Values that lists and single reads spell in two ways. */
  readonly respelt?: (record: Wire) => Wire;
  /** When the record was changed last by the platform's clock, ms since epoch; `undefined` where it does not say. */
  readonly version: (record: Wire) => number | undefined;
  /** The time by which retention counts its age, ms since epoch; `undefined` where it does not say: it is kept. */
  readonly agedBy: (record: Wire) => number | undefined;
  /** The contact that it is about. */
  readonly contactOf: (record: Wire) => string | undefined;
  readonly columns: Columns;
  /** All records, page by page, in an order that loses none when records change while it is read. */
  readonly list: (location: SyncLocation, at: ListAt) => AsyncIterable<ListedPage>;
  /** Records that were changed since (ms since epoch). Absent: the platform has no such list, and only reading all finds changes. */
  readonly changes?: (location: SyncLocation, since: number) => AsyncIterable<ListedPage>;
  /** Reads one from the platform's store, not from its index. `undefined` when it is not there. */
  readonly read: (location: SyncLocation, id: string) => Promise<Wire | undefined>;
}
