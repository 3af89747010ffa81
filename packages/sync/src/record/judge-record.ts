import type { Wire } from "../kinds/kind.ts";
import { canonicalText, type ShapedRecord } from "./record-shape.ts";

/** How a record came here. */
export type Source = "backfill" | "changes" | "reconcile" | "webhook" | "read";

/** A record as the copy keeps it. Times are ms since epoch. */
export interface KeptRecord extends ShapedRecord {
  /** Number of the last reading of all records that came across it. */
  readonly generation: number;
  readonly source: Source;
  /** When the read began that brought it, by this machine's clock. */
  readonly observedAt: number;
  /** When it was found to be gone. */
  readonly deletedAt: number | undefined;
}

/** A record that was just read. */
export interface SeenRecord extends ShapedRecord {
  readonly source: Source;
  readonly observedAt: number;
}

/**
 * What to do with a record that was read: `read` it alone, because what is kept and what a list says cannot be put in order; `late` when what
 * is kept is newer.
 */
export type Judgement = "create" | "update" | "extend" | "unchanged" | "late" | "read";

/** Lists of the platform come from an index, which lags behind its store and is no witness against it for so long, in ms. */
const indexLagMs = 60_000;

/** Whether it came from the platform's store itself. */
export function isExact(source: Source): boolean {
  return source === "read" || source === "webhook";
}

/** Puts a record that was read in order with the one that is kept. */
export function judgeRecord(kept: KeptRecord | undefined, seen: SeenRecord): Judgement {
  if (kept === undefined) return "create";
  if (kept.deletedAt !== undefined) return isExact(seen.source) ? (seen.observedAt >= kept.deletedAt ? "update" : "late") : "read";
  if (kept.hash === seen.hash) return addsTo(kept.body, seen.body) ? "extend" : "unchanged";
  if (kept.version !== undefined && seen.version !== undefined && kept.version !== seen.version)
    return seen.version > kept.version ? "update" : "late";
  if (isExact(seen.source)) return seen.observedAt >= kept.observedAt ? "update" : "late";
  // A list says something else, and nothing says what is newer.
  if (kept.version !== undefined && seen.version !== undefined) return "read";
  return isExact(kept.source) && seen.observedAt - kept.observedAt < indexLagMs ? "read" : "update";
}

/** The kept record with what else an answer says of it: lists and single reads show different fields. */
export function extended(kept: Wire, seen: Wire): Wire {
  return { ...kept, ...seen };
}

function addsTo(kept: Wire, seen: Wire): boolean {
  return Object.entries(seen).some(([name, value]) => canonicalText(kept[name]) !== canonicalText(value));
}
