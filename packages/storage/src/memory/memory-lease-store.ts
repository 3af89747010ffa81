import { monotonicNow, systemClock, type Clock } from "@ghlkit/core";
import { checkKey, checkTtl } from "../engine/check-key.ts";
import type { LeaseRefusal, LeaseStore } from "../lease-store.ts";

interface Held {
  readonly owner: string;
  readonly fence: number;
  readonly expiresAt: number;
}

/** Leases among the callers of this process, on its monotonic clock. */
export function createMemoryLeaseStore(clock: Pick<Clock, "now" | "monotonic"> = systemClock): LeaseStore {
  const now = (): number => monotonicNow(clock);
  const leases = new Map<string, Held>();
  // One counter for all names: a lease that ended can be forgotten, and its next fence is higher all the same.
  let lastFence = 0;
  const live = (name: string): Held | undefined => {
    const held = leases.get(name);
    if (held !== undefined && held.expiresAt > now()) return held;
    leases.delete(name);
    return undefined;
  };
  const refusal = (held: Held | undefined): LeaseRefusal =>
    held === undefined ? { held: false, retryAfterMs: 0 } : { held: false, retryAfterMs: held.expiresAt - now(), holder: held.owner };

  return {
    acquire: async (name, { ttlMs, owner }) => {
      const held = live(checkKey("name", name));
      const lease = { owner: checkKey("owner", owner), expiresAt: now() + checkTtl(ttlMs) };
      if (held !== undefined) return refusal(held);
      const fence = (lastFence += 1);
      leases.set(name, { ...lease, fence });
      return { held: true, fence, expiresAt: lease.expiresAt };
    },
    renew: async (name, { ttlMs, fence }) => {
      const held = live(checkKey("name", name));
      const expiresAt = now() + checkTtl(ttlMs);
      if (held?.fence !== fence) return refusal(held);
      leases.set(name, { ...held, expiresAt });
      return { held: true, fence, expiresAt };
    },
    release: async (name, { fence }) => {
      if (live(checkKey("name", name))?.fence !== fence) return { released: false };
      return { released: leases.delete(name) };
    },
  };
}
