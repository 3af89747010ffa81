import type { DeliveryEntry } from "./delivery-entry.ts";

/** Deliveries that wait to be overtaken. */
export interface Holds {
  readonly add: (entry: DeliveryEntry, overtakenBy: number) => void;
  /** Another delivery to this URL has gone past. */
  readonly overtake: (url: string) => void;
  readonly clear: () => void;
}

/** @param release Lets one go. */
export function createHolds(release: (entry: DeliveryEntry) => void): Holds {
  let held: { readonly entry: DeliveryEntry; left: number }[] = [];
  return {
    add: (entry, overtakenBy) => void held.push({ entry, left: overtakenBy }),
    overtake(url) {
      if (held.length === 0) return;
      for (const hold of held) if (hold.entry.what.url === url) hold.left -= 1;
      const released = held.filter(({ left }) => left <= 0);
      held = held.filter(({ left }) => left > 0);
      // Its time may have come before.
      for (const { entry } of released) if (entry.cancelNext !== undefined) release(entry);
    },
    clear: () => void (held = []),
  };
}
