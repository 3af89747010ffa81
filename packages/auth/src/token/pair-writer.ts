import { sleep, type Clock, type Principal } from "@ghlkit/core";
import type { StoredToken, TokenRecord, TokenStore } from "@ghlkit/storage";
import type { AuthEvent } from "./auth-event.ts";
import { deathOf } from "./dead-pair.ts";
import { principalKey } from "./principal-key.ts";

interface Kept {
  readonly pair: TokenRecord;
  /** Access token of the pair that this one follows; `undefined` for the first. */
  readonly follows: string | undefined;
  expectedVersion: number;
}

/**
 * Writes new pairs. A write that fails is repeated; one that keeps failing leaves the pair in memory, where it is used
 * and written again at each use and every few seconds: the platform has forgotten the old one.
 */
export class PairWriter {
  readonly #kept = new Map<string, Kept>();
  readonly #tokens: TokenStore;
  readonly #clock: Clock;
  readonly #emit: (event: AuthEvent) => void;

  constructor(tokens: TokenStore, clock: Clock, emit: (event: AuthEvent) => void) {
    this.#tokens = tokens;
    this.#clock = clock;
    this.#emit = emit;
  }

  /** A pair that waits to be stored. */
  kept(principal: Principal): TokenRecord | undefined {
    return this.#kept.get(principalKey(principal))?.pair;
  }

  /** Forgets a pair that waits: its resource was uninstalled or connected anew. */
  drop(principal: Principal): void {
    this.#kept.delete(principalKey(principal));
  }

  /**
   * Stores a pair that follows the one of `before`. Returns what stands afterwards: the pair, or the newer one of whoever
   * was first; `undefined` when the resource was removed meanwhile. A pair that can be had again at any time is not kept
   * when it cannot be stored: it is used, and made anew by whoever needs it next.
   */
  async write(
    pair: TokenRecord,
    before: StoredToken | undefined,
    { isReplaceable = false }: { readonly isReplaceable?: boolean } = {},
  ): Promise<TokenRecord | undefined> {
    const kept: Kept = { pair, follows: before?.accessToken, expectedVersion: before?.version ?? 0 };
    const key = principalKey(pair.principal);
    if (!isReplaceable) this.#kept.set(key, kept);
    for (const delayMs of [0, 20, 100, 400]) {
      if (delayMs > 0) await sleep(delayMs, undefined, this.#clock);
      const written = await this.#attempt(key, kept);
      if (written !== "failed") return written;
    }
    if (isReplaceable) return pair;
    this.#emit({ type: "token_write_failed", principal: pair.principal });
    this.#later(key, kept);
    return pair;
  }

  /** Tries to store a pair that waits. */
  async flush(principal: Principal): Promise<void> {
    const key = principalKey(principal);
    const kept = this.#kept.get(key);
    if (kept === undefined) return;
    if ((await this.#attempt(key, kept)) !== "failed") this.#emit({ type: "token_write_recovered", principal });
  }

  #later(key: string, kept: Kept): void {
    this.#clock.after(2_000, () => {
      if (this.#kept.get(key) !== kept) return;
      void this.flush(kept.pair.principal).then(() => this.#later(key, kept));
    });
  }

  async #attempt(key: string, kept: Kept): Promise<TokenRecord | undefined | "failed"> {
    for (let turn = 0; turn < 5; turn += 1) {
      try {
        const result = await this.#tokens.put(kept.pair, { expectedVersion: kept.expectedVersion });
        const { current } = result.stored ? { current: kept.pair } : result;
        // Somebody noted an intent for, or gave up, the token that this pair came from: this pair is the newer one.
        const older = !result.stored && result.current !== undefined && result.current.accessToken === kept.follows;
        if (!older) {
          if (this.#kept.get(key) === kept) this.#kept.delete(key);
          return current;
        }
        kept.expectedVersion = (current as StoredToken).version;
      } catch {
        // An answer that was lost may have been a write that took place: the next put finds out.
        const current = await this.#tokens.get(kept.pair.principal).catch(() => undefined);
        if (current?.accessToken !== kept.pair.accessToken || deathOf(current) !== undefined) return "failed";
        if (this.#kept.get(key) === kept) this.#kept.delete(key);
        return current;
      }
    }
    return "failed";
  }
}
