import { systemClock, type Clock } from "@ghlkit/core";
import type { Inbox } from "@ghlkit/storage";
import type { ReadOptions, Reader, RepairedKind } from "./reader.ts";
import { findKnownEvents } from "./known-events.ts";
import { eventOfChange, syntheticDelivery, type SyntheticEvent } from "./synthetic-event.ts";

/** Ids that are known here, to find what was deleted. */
export type KnownIds = (kind: "contact" | "opportunity", location: string) => AsyncIterable<string> | Iterable<string>;

/** Options of {@link repairGap}. */
export interface RepairGapOptions {
  /** Takes the events of what changed. */
  readonly inbox: Inbox;
  /** Reads what changed from the platform. */
  readonly reader: Reader;
  /** Ids of the locations to read. */
  readonly locations: readonly string[];
  /** Begin of the gap, ms since epoch. */
  readonly since: number;
  /** @default contacts, opportunities and messages */
  readonly kinds?: readonly RepairedKind[];
  /**
   * Read that much further back, in ms: what was changed just before the gap may not have arrived either, and the platform's
   * searches lag behind its writes.
   * @default 120_000
   */
  readonly overlapMs?: number;
  /** Given, all ids are read as well, and a known id that is gone makes an event of deletion. Reads every record once. */
  readonly known?: KnownIds;
  /** Ends the repair. */
  readonly signal?: AbortSignal;
  /** @default the machine's clock */
  readonly clock?: Pick<Clock, "now">;
}

/** What a gap repair found. */
export interface RepairReport {
  /** Records that the reader gave. */
  readonly read: number;
  /** Events that the inbox did not have yet. */
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
}

/**
 * Puts what happened while no receiver was alive into the inbox, as synthetic deliveries that are handled as any other: for each
 * record that was created or changed its state now, not each step in between. A second repair of the same time adds nothing. An
 * event that the platform delivers late after all has another id: handlers must tolerate a repeated change.
 *
 * @throws what the reader throws; what was inserted until then stays, and a repeat goes on from there.
 */
export async function repairGap(options: RepairGapOptions): Promise<RepairReport> {
  const { inbox, reader, locations, kinds = ["contact", "opportunity", "message"], overlapMs = 120_000, known, signal } = options;
  const { clock = systemClock } = options;
  const since = options.since - overlapMs;
  const counts = { read: 0, created: 0, updated: 0, deleted: 0 };
  const put = async (event: SyntheticEvent): Promise<void> => {
    const outcome = await inbox.insert(await syntheticDelivery(event, clock.now()));
    if (outcome === "new") counts[countOf(event)] += 1;
  };

  for (const location of locations) {
    const read: ReadOptions = { location, since, ...(signal === undefined ? {} : { signal }) };
    for (const kind of kinds) {
      for await (const record of reader.changed(kind, read)) {
        counts.read += 1;
        const events = await findKnownEvents(inbox, kind, record);
        const isNew = record.createdAt >= since && !events.hasCreation;
        if (!events.isCurrent) await put(eventOfChange(kind, record, { location, isNew }));
      }
      if (known === undefined || kind === "message") continue;
      const type = kind === "contact" ? "ContactDelete" : "OpportunityDelete";
      for (const id of await missingIds(kind, { location, reader, known, signal })) {
        const { deliveries } = await inbox.query({ entity: `${kind}:${id}`, type, limit: 1 });
        if (deliveries.length === 0) await put({ type, location, at: clock.now(), key: id, fields: { id } });
      }
    }
  }
  return counts;
}

function countOf({ type }: SyntheticEvent): "created" | "updated" | "deleted" {
  if (type.endsWith("Delete")) return "deleted";
  return type.endsWith("Update") ? "updated" : "created";
}

interface SweepOptions {
  readonly location: string;
  readonly reader: Reader;
  readonly known: KnownIds;
  readonly signal: AbortSignal | undefined;
}

/** Known first and read afterwards: what is created meanwhile is not among the missing. */
async function missingIds(
  kind: "contact" | "opportunity",
  { location, reader, known, signal }: SweepOptions,
): Promise<ReadonlySet<string>> {
  const missing = new Set<string>();
  for await (const id of known(kind, location)) missing.add(id);
  if (missing.size === 0) return missing;
  for await (const id of reader.ids(kind, { location, signal })) missing.delete(id);
  return missing;
}
