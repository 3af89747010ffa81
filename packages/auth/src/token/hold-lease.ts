import { type Clock } from "@ghlkit/core";
import type { LeaseStore } from "@ghlkit/storage";

export interface LeaseOptions {
  readonly leases: LeaseStore;
  readonly name: string;
  readonly owner: string;
  readonly ttlMs: number;
  readonly clock: Clock;
}

/** A lost lease is taken by processes that look at the intent, for moments each: between them it is to be had. */
const retryMs = 40;

export interface HeldLease {
  readonly fence: number;
}

/**
 * Keeps a lease from now on until it is released. A lease that the store lost (a Redis that restarted) or that ended while this process
 * was paused is taken again, so that others see that its owner is alive.
 */
export function holdLease(
  { leases, name, owner, ttlMs, clock }: LeaseOptions,
  lease: HeldLease,
): { readonly release: () => Promise<void> } {
  let fence: number | undefined = lease.fence;
  let released = false;
  let cancel = (): void => {};

  async function prolong(): Promise<void> {
    const result = fence === undefined ? await leases.acquire(name, { ttlMs, owner }) : await leases.renew(name, { ttlMs, fence });
    fence = result.held ? result.fence : undefined;
    // The work ended while the lease was being taken.
    if (released && fence !== undefined) await leases.release(name, { fence });
  }

  function later(delayMs: number): void {
    cancel = clock.after(delayMs, () => {
      // A failure costs nothing: every write is a compare-and-set, and an intent protects the refresh token.
      void prolong()
        .catch(() => undefined)
        .then(() => {
          if (!released) later(fence === undefined ? Math.min(retryMs, ttlMs / 10) : ttlMs / 3);
        });
    });
  }

  later(ttlMs / 3);
  return {
    release: async () => {
      released = true;
      cancel();
      if (fence !== undefined) await leases.release(name, { fence }).catch(() => undefined);
    },
  };
}
