import { isGhlError, type Clock } from "@ghlkit/core";
import type { ClaimedDelivery, Inbox } from "@ghlkit/storage";

/** Time until a renewal that failed is tried again. */
const soonMs = 250;

/**
 * Renews a claim until the function returned is called. A renewal that fails is tried again soon: whether the claim
 * still holds is decided when it is completed. `onLost` is called when another worker has it. Ends when the store was closed.
 */
export function keepLease(
  claimed: ClaimedDelivery,
  options: { readonly inbox: Pick<Inbox, "renew">; readonly leaseMs: number; readonly clock: Clock; readonly onLost: () => void },
): () => void {
  const { inbox, leaseMs, clock, onLost } = options;
  let ended = false;
  let cancel: () => void = () => {};
  const renew = async (): Promise<void> => {
    try {
      const { held } = await inbox.renew(claimed, { leaseMs });
      if (ended) return;
      if (held) renewIn(leaseMs / 3);
      else onLost();
    } catch (error) {
      // Before another worker, when the store is back.
      if (!ended && !isClosed(error)) renewIn(Math.min(leaseMs / 3, soonMs));
    }
  };
  const renewIn = (ms: number): void => {
    cancel = clock.after(ms, () => void renew());
  };
  renewIn(leaseMs / 3);
  return () => {
    ended = true;
    cancel();
  };
}

function isClosed(error: unknown): boolean {
  return isGhlError(error, "storage") && error.reason === "closed";
}
