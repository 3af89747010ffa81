import { isGhlError, type Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import type { Probed } from "../retry/probe.ts";
import { once, type OnceWrite } from "./once.ts";

/** The clocks of journal and platform differ by a little. */
const skewMs = 2000;

/** A write with a key. */
export interface KeyedWrite<Result> {
  /** Names the intent, as that of `once`. */
  readonly key: string;
  /** The write itself, as that of `once`. */
  readonly write: OnceWrite<Result>;
  /** Looks on the platform for what fits the write among what came to be since a time, ms since epoch. */
  readonly find: (sinceMs: number) => Promise<readonly Result[]>;
}

/** What keyed writes of a helper share. */
export interface KeyedWriteSettings {
  /** `storage.journal` of any engine. */
  readonly journal: Journal;
  /** The clock of journal and look-ups. */
  readonly clock: Clock;
  /** How long after the death of this process no other process judges its write, in ms. */
  readonly leaseMs: number;
  /** Ms after which a write that is not found did not happen. */
  readonly settleMs: number;
}

/** What became of it. */
export type Written<Result> =
  | { readonly outcome: "written"; readonly how: "now" | "before" | "found"; readonly result: Result }
  | { readonly outcome: "unknown"; readonly probeAfterMs: number };

/**
 * Writes at most once per key. After a lost answer, or one that cannot be read, what fits is looked for: one that fits is it; none, after all could be seen, means that it did not happen; of two that
 * fit it cannot be known which is it, or whether there is one too many: a person has to look.
 * @throws what the write throws and is neither a lost answer nor another caller at the same key.
 */
export async function writeAtMostOnce<Result>(
  { key, write, find }: KeyedWrite<Result>,
  { journal, clock, leaseMs, settleMs }: KeyedWriteSettings,
): Promise<Written<Result>> {
  const look = async (): Promise<{ readonly startedAt: number; readonly fits: readonly Result[] }> => {
    const startedAt = (await journal.get(key))?.startedAt ?? clock.now();
    return { startedAt, fits: await find(startedAt - skewMs) };
  };
  const probe = async (): Promise<Probed<Result> | undefined> => {
    const { startedAt, fits } = await look();
    const [found, ...others] = fits;
    if (others.length > 0) return undefined;
    if (found !== undefined) return { happened: true, result: found };
    return clock.now() - startedAt >= settleMs ? { happened: false } : undefined;
  };
  const unreadable = async (): Promise<Written<Result>> => {
    const { fits } = await look();
    const [found] = fits;
    return fits.length === 1 && found !== undefined
      ? { outcome: "written", how: "found", result: found }
      : { outcome: "unknown", probeAfterMs: settleMs };
  };
  try {
    const { result, done } = await once<Result | undefined>(key, write, { journal, leaseMs, clock, probe });
    // It was accepted by an earlier call, with an answer that could not be read.
    return result === undefined ? await unreadable() : { outcome: "written", how: done, result };
  } catch (error) {
    if (isGhlError(error, "outcome_unknown")) return { outcome: "unknown", probeAfterMs: settleMs };
    if (isGhlError(error, "in_progress")) return { outcome: "unknown", probeAfterMs: error.leaseMs };
    if (isGhlError(error, "invalid_response") && error.accepted === true) return unreadable();
    throw error;
  }
}
