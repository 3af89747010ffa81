import { principalKey, monotonicNow, type Clock, type Principal } from "@ghlkit/core";
import type { TokenRecord } from "@ghlkit/storage";
import { pairLife, type PairLifeOptions } from "./pair-life.ts";

const rememberedAtMost = 10_000;

interface Remembered {
  readonly pair: TokenRecord;
  /** When the store was last seen to hold it, on the monotonic clock. */
  readonly checkedAt: number;
}

export interface LivePairsOptions extends PairLifeOptions {
  readonly clock: Clock;
  /** Ms for which a remembered pair is used without a look into the store. */
  readonly recheckMs: number;
}

/** The pairs this process used last, and whether a pair is good enough to be used. */
export class LivePairs {
  readonly #pairs = new Map<string, Remembered>();
  readonly #options: LivePairsOptions;

  constructor(options: LivePairsOptions) {
    this.#options = options;
  }

  get(principal: Principal): TokenRecord | undefined {
    return this.#pairs.get(principalKey(principal))?.pair;
  }

  /** Whether the store has to be asked if another process has removed or replaced the pair. */
  isUnchecked(principal: Principal): boolean {
    const { clock, recheckMs } = this.#options;
    const checkedAt = this.#pairs.get(principalKey(principal))?.checkedAt ?? -Infinity;
    return monotonicNow(clock) - checkedAt >= recheckMs;
  }

  /** The oldest makes room. */
  remember(pair: TokenRecord): TokenRecord {
    const key = principalKey(pair.principal);
    this.#pairs.delete(key);
    this.#pairs.set(key, { pair, checkedAt: monotonicNow(this.#options.clock) });
    if (this.#pairs.size > rememberedAtMost) this.#pairs.delete(this.#pairs.keys().next().value as string);
    return pair;
  }

  forget(principal: Principal): void {
    this.#pairs.delete(principalKey(principal));
  }

  /** Need not be renewed yet, and is not the token that was refused. */
  isFresh(pair: TokenRecord | undefined, rejected?: string): pair is TokenRecord {
    return pair !== undefined && pair.accessToken !== rejected && pairLife(pair, this.#options).renewAt > this.#options.clock.now();
  }

  /** Works so long that its renewal is not urgent. */
  isCalm(pair: TokenRecord | undefined, rejected?: string): pair is TokenRecord {
    return pair !== undefined && pair.accessToken !== rejected && pairLife(pair, this.#options).urgentAt > this.#options.clock.now();
  }

  /** Still works, though its renewal may be urgent. */
  isUsable(pair: TokenRecord | undefined, rejected?: string): pair is TokenRecord {
    return pair !== undefined && pair.accessToken !== rejected && pairLife(pair, this.#options).endsAt > this.#options.clock.now();
  }

  /** When its renewal becomes urgent, ms since epoch. */
  urgentAt(pair: TokenRecord): number {
    return pairLife(pair, this.#options).urgentAt;
  }
}
