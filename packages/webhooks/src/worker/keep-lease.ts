import type { Clock } from "@ghlkit/core";
import type { ClaimedDelivery, Inbox } from "@ghlkit/storage";

/**
 * Renews a claim until the function returned is called. A renewal that fails is tried again at the next one: whether the claim
 * still holds is decided when it is completed. `onLost` is called when another worker has it.
 */
export function keepLease(
  claimed: ClaimedDelivery,
  options: { readonly inbox: Pick<Inbox, "renew">; readonly leaseMs: number; readonly clock: Clock; readonly onLost: () => void },
): () => void {
  const { inbox, leaseMs, clock, onLost } = options;
  let ended = false;
  let cancel: () => void = () => {};
  const renewLater = (): void => {
    cancel = clock.after(leaseMs / 3, () => {
      inbox.renew(claimed, { leaseMs }).then(
        ({ held }) => {
          if (ended) return;
          if (held) renewLater();
          else onLost();
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
