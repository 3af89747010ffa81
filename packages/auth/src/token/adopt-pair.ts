import { ghlError, monotonicNow, sleep, type Clock } from "@ghlkit/core";
import type { TokenRecord, TokenStore } from "@ghlkit/storage";
import { isSamePair } from "./same-pair.ts";

export interface AdoptOptions {
  readonly tokens: TokenStore;
  readonly clock: Clock;
  /** Ms for which a store that fails is asked again. */
  readonly withinMs: number;
}

export interface Adopted {
  readonly version: number;
  /** What stood there before. */
  readonly before: TokenRecord | undefined;
}

/**
 * Stores the pair of a code exchange over whatever stands there. The code cannot be exchanged a second time, so a failing store is asked
 * again for a while; a pair that cannot be stored is given up, and nothing of it is kept.
 * @throws GhlError `storage`.
 */
export async function adoptPair({ tokens, clock, withinMs }: AdoptOptions, pair: TokenRecord): Promise<Adopted> {
  const { principal } = pair;
  const until = monotonicNow(clock) + withinMs;
  let before: TokenRecord | undefined;
  for (let turn = 0; ; turn += 1) {
    try {
      const current = await tokens.get(principal);
      // The answer of an earlier write was lost.
      if (current !== undefined && isSamePair(current, pair)) return { version: current.version, before };
      before = current;
      const written = await tokens.put(pair, { expectedVersion: current?.version ?? 0 });
      if (written.stored) return { version: written.version, before };
    } catch (cause) {
      if (monotonicNow(clock) < until) {
        await sleep(Math.min(1_000, 50 * 2 ** turn), undefined, clock);
        continue;
      }
      await withdraw(tokens, pair);
      const message = "The pair of the code exchange could not be stored, and its code is used: the account has to consent again.";
      throw ghlError("storage", message, { reason: "unavailable" }, { principal, cause });
    }
    if (turn > 50) throw ghlError("storage", "The pair changes faster than it can be written.", { reason: "busy" }, { principal });
  }
}

/** A write that failed may have taken place all the same. */
async function withdraw(tokens: TokenStore, pair: TokenRecord): Promise<void> {
  const current = await tokens.get(pair.principal).catch(() => undefined);
  if (current === undefined || !isSamePair(current, pair)) return;
  await tokens.delete(pair.principal, { expectedVersion: current.version }).catch(() => undefined);
}
