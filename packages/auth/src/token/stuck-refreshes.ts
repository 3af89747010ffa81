import { principalKey, type Principal } from "@ghlkit/core";
import type { RefreshIntent } from "@ghlkit/storage";
import type { AuthEvent } from "./auth-event.ts";

/** Which refreshes this process reported as stuck: each once, and once when there is a new pair. */
export class StuckRefreshes {
  readonly #reported = new Map<string, string>();
  readonly #emit: (event: AuthEvent) => void;

  constructor(emit: (event: AuthEvent) => void) {
    this.#emit = emit;
  }

  report(principal: Principal, { refreshTokenFingerprint, at: since }: RefreshIntent, retryAt: number): void {
    const key = principalKey(principal);
    if (this.#reported.get(key) === refreshTokenFingerprint) return;
    this.#reported.set(key, refreshTokenFingerprint);
    this.#emit({ type: "refresh_stuck", principal, since, retryAt });
  }

  /** There is a live pair that does not depend on the stuck refresh. */
  resolved(principal: Principal): void {
    if (this.#reported.delete(principalKey(principal))) this.#emit({ type: "refresh_recovered", principal });
  }
}
