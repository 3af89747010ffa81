import type { Clock, Principal } from "@ghlkit/core";
import type { TokenRecord } from "@ghlkit/storage";
import { principalKey } from "./principal-key.ts";

const rememberedAtMost = 10_000;
/** A token this close to its end would end on the way. */
const travelMs = 5_000;

/** The pairs this process used last, and whether a pair is good enough to be used. */
export class LivePairs {
  readonly #pairs = new Map<string, TokenRecord>();
  readonly #clock: Clock;
  readonly #refreshBeforeMs: number;

  constructor(clock: Clock, refreshBeforeMs: number) {
    this.#clock = clock;
    this.#refreshBeforeMs = refreshBeforeMs;
  }

  get(principal: Principal): TokenRecord | undefined {
    return this.#pairs.get(principalKey(principal));
  }

  /** The oldest makes room. */
  remember(pair: TokenRecord): TokenRecord {
    const key = principalKey(pair.principal);
    this.#pairs.delete(key);
    this.#pairs.set(key, pair);
    if (this.#pairs.size > rememberedAtMost) this.#pairs.delete(this.#pairs.keys().next().value as string);
    return pair;
  }

  forget(principal: Principal): void {
    this.#pairs.delete(principalKey(principal));
  }

  /** Lives long enough not to be refreshed yet, and is not the token that was refused. */
  isFresh(pair: TokenRecord | undefined, rejected?: string): pair is TokenRecord {
    return pair !== undefined && pair.accessToken !== rejected && pair.expiresAt - this.#refreshBeforeMs > this.#clock.now();
  }

  /** Still works, though it may be time to refresh it. */
  isUsable(pair: TokenRecord | undefined, rejected?: string): pair is TokenRecord {
    return pair !== undefined && pair.accessToken !== rejected && pair.expiresAt - travelMs > this.#clock.now();
  }
}
