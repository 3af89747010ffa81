import type { Clock } from "@ghlkit/core";
import type { Journal } from "./journal.ts";
import { keepLease } from "./keep-lease.ts";

/** Whose lease it is, and how it is kept. */
export interface JournalLeaseOptions {
  /** Where the effect is kept. */
  readonly journal: Journal;
  /** The attempt that was started. */
  readonly attempt: number;
  /** Ms from a renewal to the end of the lease. */
  readonly leaseMs: number;
  /** Time of the renewals. */
  readonly clock: Clock;
  /** When the lease was asked for, on the monotonic part of the clock. */
  readonly since: number;
}

/** A lease that is renewed. */
export interface JournalLease {
  /** Fires when another process may have taken over: all of the lease passed without a renewal, or another attempt counts. */
  readonly signal: AbortSignal;
  /** Ends the renewal. */
  readonly end: () => void;
}

/** Keeps the lease of an effect in the journal until it is ended. */
export function keepJournalLease(key: string, { journal, attempt, leaseMs, clock, since }: JournalLeaseOptions): JournalLease {
  const lost = new AbortController();
  const end = keepLease({
    ttlMs: leaseMs,
    clock,
    heldSince: since,
    onLost: () => lost.abort(new Error(`The lease of ${key} has passed: another process may have taken over.`)),
    renew: async () => ((await journal.extend(key, { attempt, leaseMs })).extended ? "held" : "lost"),
  });
  return { signal: lost.signal, end };
}
