import { sleep } from "@ghlkit/core";
import type { Stores } from "../stores.ts";

/** How slow the stores are. */
export interface SlowStoresOptions {
  /**
   * Shortest and longest time a call takes on top, in ms.
   * @default 5 and 60
   */
  readonly minMs?: number;
  /** Longest delay of a call in ms. */
  readonly maxMs?: number;
  /**
   * A number from 0 to 1.
   * @default Math.random
   */
  readonly random?: () => number;
}

/** The same stores behind a network that is slow and uneven: part of the wait is before the work and part after it. */
export function slowStores(stores: Stores, { minMs = 5, maxMs = 60, random = Math.random }: SlowStoresOptions = {}): Stores {
  const slowly = <Store extends object>(store: Store): Store =>
    new Proxy(store, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== "function" || name === "list" || name === "watch") return method;
        return async (...args: unknown[]): Promise<unknown> => {
          const totalMs = minMs + random() * (maxMs - minMs);
          const beforeMs = totalMs * random();
          await sleep(beforeMs);
          const answer: unknown = await Reflect.apply(method, target, args);
          await sleep(totalMs - beforeMs);
          return answer;
        };
      },
    });
  const { tokens, leases, installations, states, inbox, rates, journal, close } = stores;
  return {
    tokens: slowly(tokens),
    leases: slowly(leases),
    installations: slowly(installations),
    states: slowly(states),
    rates: slowly(rates),
    journal: slowly(journal),
    inbox: slowly(inbox),
    close,
  };
}
