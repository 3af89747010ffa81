import { monotonicNow, sleep, type Clock } from "@ghlkit/core";
import { keepJournalLease, type Journal, type JournalEntry, type JournalStart } from "@ghlkit/storage";

/** Options of holdRun. */
export interface HoldOptions {
  readonly journal: Journal;
  readonly leaseMs: number;
  readonly clock: Clock;
  /**
   * Fence of the process that had it last, where it is known: one call less.
   * @default 0
   */
  readonly after?: number;
}

/** A run that this process carries out, and no other. */
export interface HeldRun {
  readonly held: true;
  /** Fencing token: grows each time the run is taken up. */
  readonly fence: number;
  /** Fires when another process may have taken the run over. */
  readonly signal: AbortSignal;
  /** Notes its outcome. `finished` is false when another process has taken it over. */
  readonly finish: (outcome: unknown) => Promise<{ readonly finished: boolean }>;
  /** Stops before the end: another process may take it up at once. */
  readonly release: () => Promise<void>;
}

/** A run that has come to its end, or that another process may be carrying out for `retryAfterMs` more. */
export interface RefusedRun {
  readonly held: false;
  readonly entry: JournalEntry;
  readonly retryAfterMs: number;
}

/** Takes up a run by its key in the journal, also after the process died that was at it, and renews its lease until it ends. */
export async function holdRun(key: string, { journal, leaseMs, clock, after = 0 }: HoldOptions): Promise<HeldRun | RefusedRun> {
  const since = monotonicNow(clock);
  const start = await takeUp(key, { journal, leaseMs, clock, after });
  if (!start.started) return { held: false, entry: start.entry, retryAfterMs: start.leaseMs };
  const { attempt } = start;
  const { signal, end } = keepJournalLease(key, { journal, attempt, leaseMs, clock, since });
  return {
    held: true,
    fence: attempt,
    signal,
    finish: async (outcome) => {
      end();
      return journal.finish(key, { attempt, outcome });
    },
    release: async () => {
      end();
      // Should this fail, the lease ends by itself.
      await journal.extend(key, { attempt, leaseMs: 1 }).catch(() => undefined);
    },
  };
}

async function takeUp(key: string, { journal, leaseMs, clock, after }: Required<HoldOptions>): Promise<JournalStart> {
  const start = await journal.start(key, { leaseMs, after });
  if (start.started || start.entry.state === "finished" || start.leaseMs > 1) return start;
  // One that is not at it any more leaves a lease of a millisecond.
  if (start.leaseMs > 0) await sleep(2, undefined, clock);
  return journal.start(key, { leaseMs, after: start.entry.attempt });
}
