import { principalKey, type Principal } from "@ghlkit/core";
import type { AuthEvent } from "./auth-event.ts";

/** Which resources this process found paused; each is reported once, and once when it works again. */
export class Suspensions {
  readonly #paused = new Set<string>();
  readonly #emit: (event: AuthEvent) => void;

  constructor(emit: (event: AuthEvent) => void) {
    this.#emit = emit;
  }

  paused(principal: Principal, reason: string): void {
    const key = principalKey(principal);
    if (this.#paused.has(key)) return;
    this.#paused.add(key);
    this.#emit({ type: "suspended", principal, reason });
  }

  works(principal: Principal): void {
    if (this.#paused.size > 0 && this.#paused.delete(principalKey(principal))) this.#emit({ type: "reactivated", principal });
  }
}
