import { isGhlError, type Clock } from "@ghlkit/core";
import type { ClaimedDelivery, Inbox } from "@ghlkit/storage";

/**
 * Renews a claim until the function returned is called. A renewal that fails is tried again at the next one: whether the claim
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
      if (held) renewLater();
      else onLost();
    } catch (error) {
      if (!ended && !isClosed(error)) renewLater();
    }
  };
  const renewLater = (): void => {
    cancel = clock.after(leaseMs / 3, () => void renew());
  };
  renewLater();
  return () => {
    ended = true;
    cancel();
  };
}

function isClosed(error: unknown): boolean {
  return isGhlError(error, "storage") && error.reason === "closed";
}
