import { principalKey, sleep, type Clock, type Principal } from "@ghlkit/core";
import type { StoredToken, TokenRecord, TokenStore } from "@ghlkit/storage";
import type { AuthEvent } from "./auth-event.ts";
import { isSamePair } from "./same-pair.ts";

interface Kept {
  readonly pair: TokenRecord;
  /** The pair that this one follows; `undefined` for the first. */
  readonly follows: TokenRecord | undefined;
  expectedVersion: number;
  readonly stored: Promise<void>;
  readonly settle: () => void;
  isRecovered: boolean;
}

const attemptsAfterMs = [0, 20, 100, 400];
const laterMs = { first: 250, longest: 2_000 };

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

  /** Resolves when no pair waits to be stored any more: it is stored, or not wanted. */
  async whenStored(principal: Principal): Promise<void> {
    await this.#kept.get(principalKey(principal))?.stored;
  }

  /** Forgets a pair that waits: its resource was uninstalled or connected anew. */
  drop(principal: Principal): void {
    const kept = this.#kept.get(principalKey(principal));
    if (kept !== undefined) this.#done(principalKey(principal), kept);
  }

  /**
   * Stores a pair that follows the one of `before`. Returns what stands afterwards: the pair, or the newer one of the process that
   * was first; `undefined` when the resource was removed meanwhile. A pair that can be had again at any time is not kept
   * when it cannot be stored: it is used, and made anew when it is next needed.
   */
  async write(
    pair: TokenRecord,
    before: StoredToken | undefined,
    { isReplaceable = false }: { readonly isReplaceable?: boolean } = {},
  ): Promise<TokenRecord | undefined> {
    const key = principalKey(pair.principal);
    const kept = newKept(pair, before);
    if (!isReplaceable) this.#kept.set(key, kept);
    for (const delayMs of attemptsAfterMs) {
      if (delayMs > 0) await sleep(delayMs, undefined, this.#clock);
      const written = await this.#attempt(key, kept);
      if (written !== "failed") return written;
    }
    if (isReplaceable) return pair;
    this.#emit({ type: "token_write_failed", principal: pair.principal });
    this.#later(key, kept, laterMs.first);
    return pair;
  }

  /** Tries to store a pair that waits. */
  async flush(principal: Principal): Promise<void> {
    const key = principalKey(principal);
    const kept = this.#kept.get(key);
    if (kept === undefined) return;
    const written = await this.#attempt(key, kept);
    if (written === "failed" || kept.isRecovered) return;
    kept.isRecovered = true;
    this.#emit({ type: "token_write_recovered", principal });
  }

  #later(key: string, kept: Kept, delayMs: number): void {
    this.#clock.after(delayMs, () => {
      if (this.#kept.get(key) !== kept) return;
      void this.flush(kept.pair.principal).then(() => this.#later(key, kept, Math.min(delayMs * 2, laterMs.longest)));
    });
  }

  async #attempt(key: string, kept: Kept): Promise<TokenRecord | undefined | "failed"> {
    for (let turn = 0; turn < 5; turn += 1) {
      const current = await this.#put(kept);
      if (current === "failed") return "failed";
      // Another process noted an intent for, or gave up, the token that this pair came from: this pair is the newer one.
      if (current === undefined || isSamePair(current, kept.pair) || !comesFrom(current, kept)) {
        this.#done(key, kept);
        return current;
      }
      kept.expectedVersion = current.version;
    }
    return "failed";
  }

  /** What stands in the store afterwards. */
  async #put({ pair, expectedVersion }: Kept): Promise<(TokenRecord & { readonly version: number }) | undefined | "failed"> {
    try {
      const result = await this.#tokens.put(pair, { expectedVersion });
      return result.stored ? { ...pair, version: result.version } : result.current;
    } catch {
      // An answer that was lost may have been a write that took place.
      const current = await this.#tokens.get(pair.principal).catch(() => undefined);
      return isSamePair(current, pair) ? current : "failed";
    }
  }

  #done(key: string, kept: Kept): void {
    if (this.#kept.get(key) === kept) this.#kept.delete(key);
    kept.settle();
  }
}

function newKept(pair: TokenRecord, before: StoredToken | undefined): Kept {
  let settle = (): void => {};
  const stored = new Promise<void>((resolve) => (settle = resolve));
  return { pair, follows: before, expectedVersion: before?.version ?? 0, stored, settle, isRecovered: false };
}

/** Whether a record holds the pair that the kept one followed, perhaps marked as dead since. */
function comesFrom(current: TokenRecord, { follows }: Kept): boolean {
  if (follows === undefined || current.accessToken !== follows.accessToken) return false;
  return current.refreshToken === undefined || current.refreshToken === follows.refreshToken;
}
