import type { Clock } from "@ghlkit/core";
import { keepLease, type LeaseRenewal, type LeaseStore } from "@ghlkit/storage";

export interface LeaseOptions {
  readonly leases: LeaseStore;
  readonly name: string;
  readonly owner: string;
  readonly ttlMs: number;
  readonly clock: Clock;
}

/** A lost lease is taken by processes that look at the intent, for moments each: between them it is free. */
const retryMs = 40;

export interface HeldLease {
  readonly fence: number;
}

/**
 * Keeps a lease from now on until it is released. A lease that the store lost (a Redis that restarted) or that ended while this process
 * was paused is taken again, so that others see that its owner is alive. A failure costs nothing: every write is a compare-and-set, and an
 * intent protects the refresh token.
 */
export function holdLease(
  { leases, name, owner, ttlMs, clock }: LeaseOptions,
  lease: HeldLease,
): { readonly release: () => Promise<void> } {
  let fence: number | undefined = lease.fence;
  let isReleased = false;

  async function renewOrTake(): Promise<LeaseRenewal> {
    const asked = fence === undefined ? leases.acquire(name, { ttlMs, owner }) : leases.renew(name, { ttlMs, fence });
    // A store that fails decides nothing.
    const result = await asked.catch(() => undefined);
    if (result !== undefined) fence = result.held ? result.fence : undefined;
    // The work ended while the lease was being taken.
    if (isReleased && fence !== undefined) await leases.release(name, { fence });
    if (fence === undefined) return { retryInMs: Math.min(retryMs, ttlMs / 10) };
    return result === undefined ? { retryInMs: ttlMs / 3 } : "held";
  }

  const stop = keepLease({ ttlMs, clock, renew: renewOrTake });
  return {
    release: async () => {
      isReleased = true;
      stop();
      if (fence !== undefined) await leases.release(name, { fence }).catch(() => undefined);
    },
  };
}
