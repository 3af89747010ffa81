/** Part of the limit that may go first after a silence. */
const part = 0.1;

/**
 * After a silence nothing is known of what others spent of the bucket, not even its limit: only answers say. Then a few calls of this process
 * go first, the pilots, and the rest when they are answered. One that hangs is followed by others after another silence.
 */
export class PilotCalls {
  /** Windows without an answer after which nothing is known. */
  readonly #silence: number;
  #answeredAt = -Infinity;
  #since = -Infinity;
  #out = 0;

  constructor(silence: number) {
    this.#silence = silence;
  }

  /** How many calls may go now, a tenth of the limit or `most`; `Infinity` outside a silence. */
  allowance(now: number, windowMs: number, { limit, most = Infinity }: { readonly limit: number; readonly most?: number }): number {
    if (!this.#isOver(now, this.#answeredAt, windowMs)) return Infinity;
    if (this.#isOver(now, this.#since, windowMs)) this.#out = 0;
    return Math.max(0, Math.min(most, Math.ceil(limit * part)) - this.#out);
  }

  /** When more may go, should no answer come. */
  nextAt(now: number, windowMs: number): number {
    return Math.min(this.#since, now) + windowMs * this.#silence + 1;
  }

  went(now: number, windowMs: number): void {
    if (!this.#isOver(now, this.#answeredAt, windowMs)) return;
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

  /** Whether it is longer ago than a silence; never in the future, should the clock be set back. */
  #isOver(now: number, then: number, windowMs: number): boolean {
    return now < then || now - then > windowMs * this.#silence;
  }
}
