import { readRetryAfter, type CallContext } from "@ghlkit/core";

/** The longest that a refusal holds a bucket: by then the day's quota is a new one, whatever else the header says. */
const longestMs = 86_400_000;

/** How long a 429 asks all calls of its bucket to wait, in ms; `undefined` where it does not say. */
export function throttleMs(headers: Headers, now: number): number | undefined {
  const askedMs = readRetryAfter(headers, now);
  return askedMs === undefined ? undefined : Math.min(askedMs, longestMs);
}

/** Tells of 429s, and when calls go again after them. */
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
