import type { Clock } from "@ghlkit/core";
import type { ClaimedDelivery, Inbox } from "@ghlkit/storage";

/**
 * Renews a claim until the function returned is called. A renewal that fails is tried again at the next one: whether the claim
 * still holds is decided when it is completed.
 */
export function keepLease(
  claimed: ClaimedDelivery,
  options: { readonly inbox: Inbox; readonly leaseMs: number; readonly clock: Clock },
): () => void {
  const { inbox, leaseMs, clock } = options;
  let ended = false;
  let cancel: () => void = () => {};
  const renewLater = (): void => {
    cancel = clock.after(leaseMs / 3, () => {
      inbox.renew(claimed, { leaseMs }).then(
        ({ held }) => {
          if (held && !ended) renewLater();
        },
        () => {
          if (!ended) renewLater();
        },
      );
    });
  };
  renewLater();
  return () => {
    ended = true;
    cancel();
  };
}
