import { ghlError } from "@ghlkit/core";
import type { JournalEntry, JournalStart, StartOptions, UnfinishedQuery } from "../journal.ts";
import { checkKey, checkPageSize, checkTtl, checkVersion } from "./check-key.ts";

/** What an engine keeps of an effect. `outcome` is JSON, `null` for none. */
export interface JournalRow {
  readonly key: string;
  readonly state: string;
  readonly attempt: number;
  readonly startedAt: number;
  readonly leaseEndsAt: number;
  readonly finishedAt: number | null;
  readonly outcome: string | null;
}

/** The entry of a row, as an engine returns it. */
export function decodeJournalRow({ key, state, attempt, startedAt, leaseEndsAt, finishedAt, outcome }: JournalRow): JournalEntry {
  return {
    key,
    state: state === "finished" ? "finished" : "started",
    attempt,
    startedAt,
    leaseEndsAt,
    ...(finishedAt === null ? {} : { finishedAt }),
    ...(outcome === null ? {} : { outcome: JSON.parse(outcome) as unknown }),
  };
}

/** @throws GhlError `invalid_request` for what JSON cannot hold. */
export function encodeOutcome(outcome: unknown): string | null {
  if (outcome === undefined) return null;
  try {
    return JSON.stringify(outcome) ?? null;
  } catch (cause) {
    throw ghlError("invalid_request", "outcome must be a value that JSON can hold.", {}, { cause });
  }
}

/** The answer of `start` to one who comes second. */
export function refusedStart(row: JournalRow, now: number): JournalStart {
  return { started: false, entry: decodeJournalRow(row), leaseMs: row.state === "finished" ? 0 : Math.max(0, row.leaseEndsAt - now) };
}

/** @throws GhlError `invalid_request`. */
export function checkStart(key: string, { leaseMs, after = 0 }: StartOptions): Required<StartOptions> & { readonly key: string } {
  return { key: checkKey("key", key), leaseMs: checkTtl(leaseMs), after: checkVersion(after) };
}

/** @throws GhlError `invalid_request`. */
export function checkUnfinished({ olderThanMs = 0, limit }: UnfinishedQuery = {}): Required<UnfinishedQuery> {
  return { olderThanMs: checkVersion(olderThanMs), limit: checkPageSize(limit) };
}
