/** Part of the limit that may go first after a silence. */
const part = 0.1;

/**
 * After a silence nothing is known of what others spent of the bucket, not even its limit: only answers say. Then a few calls of this process
 * go first, the pilots, and the rest when they are answered. One that hangs is followed by others after another silence.
 */
export class PilotCalls {
  #answeredAt = -Infinity;
  #since = -Infinity;
  #out = 0;

  /** How many calls may go now, a tenth of the limit or `most`; `Infinity` outside a silence, which begins `silenceMs` after the last answer. */
  allowance(now: number, silenceMs: number, { limit, most = Infinity }: { readonly limit: number; readonly most?: number }): number {
    if (!isOver(now, this.#answeredAt, silenceMs)) return Infinity;
    if (isOver(now, this.#since, silenceMs)) this.#out = 0;
    return Math.max(0, Math.min(most, Math.ceil(limit * part)) - this.#out);
  }

  /** When more may go, should no answer come. */
  nextAt(now: number, silenceMs: number): number {
    return Math.min(this.#since, now) + silenceMs + 1;
  }

  went(now: number, silenceMs: number): void {
    if (!isOver(now, this.#answeredAt, silenceMs)) return;
    if (this.#out === 0) this.#since = now;
    this.#out += 1;
  }

  /** It never left. */
  stayed(): void {
    this.#out = Math.max(0, this.#out - 1);
  }

  /** A call was answered, or its answer was lost. */
  answered(now: number): void {
    this.#answeredAt = now;
    this.#out = 0;
  }
}

/** Whether it is longer ago than a silence; never in the future, should the clock be set back. */
function isOver(now: number, then: number, silenceMs: number): boolean {
  return now < then || now - then > silenceMs;
}
