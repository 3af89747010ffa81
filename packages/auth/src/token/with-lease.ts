import { sleep, type Clock } from "@ghlkit/core";
import type { LeaseStore } from "@ghlkit/storage";

export interface LeaseWait<Result> {
  readonly leases: LeaseStore;
  readonly name: string;
  readonly owner: string;
  readonly ttlMs: number;
  readonly clock: Clock;
  readonly random: () => number;
  /** Asked while somebody else holds the lease: a result ends the wait. */
  readonly meanwhile: () => Promise<Result | undefined>;
}

/** Does work while holding a lease, renewed until the work is done. Waits for the lease as long as `meanwhile` says nothing. */
export async function withLease<Result>(wait: LeaseWait<Result>, work: () => Promise<Result>): Promise<Result> {
  const { leases, name, owner, ttlMs, clock, random, meanwhile } = wait;
  for (;;) {
    const lease = await leases.acquire(name, { ttlMs, owner });
    if (lease.held) return holding(wait, lease.fence, work);
    await sleep(Math.min(Math.max(lease.retryAfterMs, 5), 20 + random() * 60), undefined, clock);
    const result = await meanwhile();
    if (result !== undefined) return result;
  }
}

async function holding<Result>(
  { leases, name, ttlMs, clock }: LeaseWait<Result>,
  fence: number,
  work: () => Promise<Result>,
): Promise<Result> {
  let cancel = (): void => {};
  let done = false;
  const renewLater = (): void => {
    cancel = clock.after(ttlMs / 3, () => {
      // A renewal that fails costs nothing: every write is a compare-and-set.
      leases.renew(name, { ttlMs, fence }).then(
        ({ held }) => (held && !done ? renewLater() : undefined),
        () => (done ? undefined : renewLater()),
      );
    });
  };
  renewLater();
  try {
    return await work();
  } finally {
    done = true;
    cancel();
    await leases.release(name, { fence }).catch(() => undefined);
  }
}
