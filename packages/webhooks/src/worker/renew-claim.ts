import { isGhlError, type Clock } from "@ghlkit/core";
import { keepLease, type ClaimedDelivery, type Inbox } from "@ghlkit/storage";

/** Time until a renewal that failed is repeated: before another worker takes the delivery, when the store is back. */
const soonMs = 250;

export interface RenewClaimOptions {
  readonly inbox: Pick<Inbox, "renew">;
  readonly leaseMs: number;
  readonly clock: Clock;
  /** Called when another worker has the delivery. */
  readonly onLost: () => void;
}

/**
 * Renews a claim until the function returned is called. Whether the claim still holds is decided when it is completed: only the store says
 * that it is lost. Ends when the store was closed.
 */
export function renewClaim(claimed: ClaimedDelivery, { inbox, leaseMs, clock, onLost }: RenewClaimOptions): () => void {
  const failed = { retryInMs: Math.min(leaseMs / 3, soonMs) };
  return keepLease({
    ttlMs: leaseMs,
    clock,
    onLost,
    renew: () =>
      inbox.renew(claimed, { leaseMs }).then(
        ({ held }) => (held ? "held" : "lost"),
        (error: unknown) => (isGhlError(error, "storage") && error.reason === "closed" ? "ended" : failed),
      ),
  });
}
