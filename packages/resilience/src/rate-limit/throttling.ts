import type { CallContext } from "@ghlkit/core";

/** Reports 429s, and when calls go again after them. */
export class Throttling {
  #since: number | undefined;
  #until = 0;

  /** The platform refused a call. */
  refused(now: number, retryAfterMs: number, context: CallContext, daily: boolean): void {
    this.#since ??= now;
    this.#until = Math.max(this.#until, now + retryAfterMs);
    context.emit({ type: "throttled", retryAfterMs, daily });
  }

  /** It answered another; calls that were under way when it refused say nothing new. */
  answered(now: number, context: CallContext): void {
    if (this.#since === undefined || now < this.#until) return;
    context.emit({ type: "resumed", throttledForMs: now - this.#since });
    this.#since = undefined;
  }
}
