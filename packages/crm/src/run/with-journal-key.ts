import { monotonicNow, sleep, type Clock } from "@ghlkit/core";
import { keepJournalLease, type Journal } from "@ghlkit/storage";

/** Options of withJournalKey. */
export interface JournalKeyOptions {
  readonly journal: Journal;
  readonly leaseMs: number;
  readonly clock: Clock;
}

/** How often a key that another process holds is asked for again. */
const pauseMs = 50;

/**
 * Does a work while no other process that shares the journal does one under the key; nothing of it stays in the journal. Waits for others up to two leases; one that
 * died loses the key with the end of its own.
 */
export async function withJournalKey<Result>(
  key: string,
  { journal, leaseMs, clock }: JournalKeyOptions,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<{ readonly held: true; readonly result: Result } | { readonly held: false }> {
  const begin = monotonicNow(clock);
  for (let after = 0; ;) {
    const since = monotonicNow(clock);
    const start = await journal.start(key, { leaseMs, after });
    if (start.started) {
      const { attempt } = start;
      const lease = keepJournalLease(key, { journal, attempt, leaseMs, clock, since });
      try {
        return { held: true, result: await work(lease.signal) };
      } finally {
        lease.end();
        // Should this fail, the lease ends by itself.
        await journal.abandon(key, { attempt }).catch(() => undefined);
      }
    }
    if (start.leaseMs > 0 && monotonicNow(clock) - begin > 2 * leaseMs) return { held: false };
    after = start.leaseMs > 0 ? 0 : start.entry.attempt;
    await sleep(Math.max(1, Math.min(pauseMs, start.leaseMs)), undefined, clock);
  }
}
