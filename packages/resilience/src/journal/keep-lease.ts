import { systemClock, type Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";

export interface LeaseToKeep {
  readonly journal: Journal;
  readonly attempt: number;
  readonly leaseMs: number;
  readonly clock: Clock;
  /** When the lease was asked for: it does not end before that and `leaseMs`. */
  readonly since: number;
}

export interface KeptLease {
  /** Fires when somebody else may have taken over. */
  readonly signal: AbortSignal;
  /** Ends the renewal. */
  readonly end: () => void;
}

/** A longer timer fires at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Its timers do not keep a process alive: a write that is under way has a socket or a wait that does. */
export const quietClock: Clock = {
  now: systemClock.now,
  after: (ms, action) => {
    const timer = setTimeout(action, Math.min(ms, longestTimerMs));
    // Elsewhere than in Node.js a timer is a number, and there is nothing to keep alive.
    (timer as unknown as { readonly unref?: () => void }).unref?.();
    return () => clearTimeout(timer);
  },
};

/**
 * Extends the lease of an effect after each third of it, until told to end. One that fails is tried again a third later. The signal fires
 * when the lease has passed without one, or when the journal says that another attempt counts.
 */
export function keepLease(key: string, { journal, attempt, leaseMs, clock, since }: LeaseToKeep): KeptLease {
  const lost = new AbortController();
  let isOver = false;
  let cancelLoss = (): void => {};
  let cancelRenewal = (): void => {};
  const end = (): void => {
    isOver = true;
    cancelLoss();
    cancelRenewal();
  };
  const lose = (): void => lost.abort(new Error(`The lease of ${key} has passed: somebody else may have taken over.`));
  const holdFrom = (start: number): void => {
    cancelLoss();
    cancelLoss = clock.after(start + leaseMs - clock.now(), lose);
  };
  const renew = async (): Promise<void> => {
    const start = clock.now();
    const extended = await journal.extend(key, { attempt, leaseMs }).then(
      (answer) => answer.extended,
      () => undefined,
    );
    if (isOver) return;
    if (extended === true) holdFrom(start);
    if (extended !== false) return renewLater();
    end();
    lose();
  };
  const renewLater = (): void => {
    cancelRenewal = clock.after(Math.ceil(leaseMs / 3), () => void renew());
  };
  // The renewal first: of two timers that are both late, it is the one that may still save the lease.
  renewLater();
  holdFrom(since);
  return { signal: lost.signal, end };
}
