import { principalKey, monotonicNow, type Clock, type Principal } from "@ghlkit/core";
import type { RefreshIntent } from "@ghlkit/storage";

interface Watched {
  readonly name: string;
  readonly firstSeenAt: number;
  sampledAt: number;
  /** For how long the owner gave no sign of life while this process watched without a gap. */
  quietMs: number;
}

/**
 * Watches intents whose refresh has no known outcome. A stopped process looks like a dead one, so silence is measured: on the
 * monotonic clock, and only while this process looked and the lease store answered. An owner that holds its lease is alive.
 */
export class IntentWatch {
  readonly #watched = new Map<string, Watched>();
  readonly #clock: Clock;
  /** Longest time between two samples that counts as watched: a process that was itself paused has seen nothing. */
  readonly #longestGapMs: number;

  /** @param silenceMs How much silence is asked for. */
  constructor(clock: Clock, silenceMs: number) {
    this.#clock = clock;
    this.#longestGapMs = silenceMs / 4;
  }

  /** Takes a sample of an intent while no process held the lease. Returns what is known of it. */
  sample(principal: Principal, intent: RefreshIntent): { readonly quietMs: number; readonly knownMs: number } {
    const key = principalKey(principal);
    const name = `${intent.owner}/${intent.refreshTokenFingerprint}/${intent.attempt}`;
    const now = monotonicNow(this.#clock);
    let watched = this.#watched.get(key);
    if (watched?.name !== name) {
      watched = { name, firstSeenAt: now, sampledAt: now, quietMs: 0 };
      this.#watched.set(key, watched);
    }
    watched.quietMs += Math.min(now - watched.sampledAt, this.#longestGapMs);
    watched.sampledAt = now;
    return { quietMs: watched.quietMs, knownMs: now - watched.firstSeenAt };
  }

  /** The owner is alive, or nothing can be known of it: its silence begins anew. */
  restart(principal: Principal): void {
    const watched = this.#watched.get(principalKey(principal));
    if (watched === undefined) return;
    watched.quietMs = 0;
    watched.sampledAt = monotonicNow(this.#clock);
  }

  forget(principal: Principal): void {
    this.#watched.delete(principalKey(principal));
  }
}
