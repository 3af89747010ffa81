import { abortedError, type Clock } from "@ghlkit/core";
import { keepLease, type LeaseStore } from "@ghlkit/storage";
import type { Copy } from "./copy/copy.ts";

/** A location that this process is at, and no other. */
export interface HeldLocation {
  readonly locationId: string;
  /** Fencing token of checkpoints. */
  readonly fence: number;
  /** Fires when another process may have taken the location over. */
  readonly signal: AbortSignal;
}

/** What holding a location needs. */
export interface Holding {
  readonly leases: LeaseStore;
  readonly copy: Copy;
  readonly clock: Clock;
  readonly owner: string;
  readonly signal: AbortSignal;
}

/** A process that died holds up its locations for so long, in ms. */
const ttlMs = 15_000;

/**
 * Does the work while no other process is at the location.
 * @returns `held: false` when another process is at it.
 */
export async function whileHeld<Result>(
  locationId: string,
  { leases, copy, clock, owner, signal }: Holding,
  work: (held: HeldLocation) => Promise<Result>,
): Promise<{ readonly held: true; readonly result: Result } | { readonly held: false; readonly retryAfterMs: number }> {
  const name = `sync:${locationId}`;
  const since = clock.monotonic?.() ?? clock.now();
  const lease = await leases.acquire(name, { ttlMs, owner });
  if (!lease.held) return { held: false, retryAfterMs: lease.retryAfterMs };
  const lost = new AbortController();
  const end = keepLease({
    ttlMs,
    clock,
    heldSince: since,
    renew: async () => ((await leases.renew(name, { ttlMs, fence: lease.fence })).held ? "held" : "lost"),
    onLost: () => lost.abort(new Error(`Another process has taken over ${locationId}.`)),
  });
  try {
    if (signal.aborted) throw abortedError(signal);
    const fence = await copy.takeUp(locationId);
    return { held: true, result: await work({ locationId, fence, signal: AbortSignal.any([signal, lost.signal]) }) };
  } finally {
    end();
    // Should this fail, the lease ends by itself.
    await leases.release(name, { fence: lease.fence }).catch(() => undefined);
  }
}
