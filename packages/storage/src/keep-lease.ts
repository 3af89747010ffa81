import { monotonicNow, type Clock } from "@ghlkit/core";

/**
 * Outcome of one renewal.
 *
 * - `held`: the lease lasts `ttlMs` from before the renewal; it is renewed again after a third of that.
 * - `lost`: another holder has it. Nothing is renewed any more, and `onLost` is called.
 * - `ended`: there is nothing left to renew, e.g. because the store was closed. `onLost` is not called.
 * - `retryInMs`: it is not known, or not held for the moment; renewed again after so many ms.
 */
export type LeaseRenewal = "held" | "lost" | "ended" | { readonly retryInMs: number };

/** A lease to renew, and how. */
export interface LeaseToKeep {
  /** Ms from a renewal to the end of the lease. */
  readonly ttlMs: number;
  readonly clock: Clock;
  /** Extends the lease to `ttlMs` from now. A renewal that rejects is repeated after a third of `ttlMs`. */
  readonly renew: () => Promise<LeaseRenewal>;
  /** Called when another holder has, or may have, the lease. */
  readonly onLost?: () => void;
  /**
   * When the lease was asked for, on the monotonic part of the clock. Given, `onLost` is called, too, when the lease has passed without a
   * renewal: another holder may have taken it. Renewals go on all the same.
   * @default only the store decides
   */
  readonly heldSince?: number;
}

/**
 * Renews a lease at each third of it, until the function returned is called: a holder that is alive keeps its lease however long its work
 * takes, and one that dies lets it end. Times are counted from before each renewal, on the monotonic clock, so that the holder believes in
 * its lease for no longer than the store does.
 */
export function keepLease({ ttlMs, clock, renew, onLost, heldSince }: LeaseToKeep): () => void {
  const thirdMs = Math.ceil(ttlMs / 3);
  let hasEnded = false;
  let cancelRenewal = (): void => {};
  let cancelExpiry = (): void => {};
  const end = (): void => {
    hasEnded = true;
    cancelRenewal();
    cancelExpiry();
  };
  const holdFrom = (start: number): void => {
    cancelExpiry();
    if (heldSince !== undefined) cancelExpiry = clock.after(start + ttlMs - monotonicNow(clock), () => onLost?.());
  };
  const renewOnce = async (): Promise<void> => {
    const start = monotonicNow(clock);
    const outcome = await renew().catch((): LeaseRenewal => ({ retryInMs: thirdMs }));
    if (hasEnded) return;
    if (outcome === "held") holdFrom(start);
    if (outcome === "held" || typeof outcome === "object") return renewIn(outcome === "held" ? thirdMs : outcome.retryInMs);
    end();
    if (outcome === "lost") onLost?.();
  };
  const renewIn = (ms: number): void => {
    cancelRenewal = clock.after(ms, () => void renewOnce());
  };
  // The renewal first: of two timers that are both late, it is the one that may still save the lease.
  renewIn(thirdMs);
  if (heldSince !== undefined) holdFrom(heldSince);
  return end;
}
