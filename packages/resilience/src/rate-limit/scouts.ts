/** Part of the limit that may go ahead after a silence. */
const part = 0.1;

/** Windows without an answer after which nothing is known. Work that fills every window is answered in each, and is not held up. */
const silence = 1.25;

/**
 * Calls of this process that go ahead when nothing was heard for long: what others spent of the bucket, and even its limit, only answers
 * tell. One that hangs is followed by others after another silence.
 */
export class Scouts {
  #heardAt = -Infinity;
  #since = -Infinity;
  #out = 0;

  /** How many calls may go now. */
  allowance(now: number, limit: number, windowMs: number): number {
    if (!isOver(now, this.#heardAt, windowMs)) return Infinity;
    if (isOver(now, this.#since, windowMs)) this.#out = 0;
    return Math.max(0, Math.ceil(limit * part) - this.#out);
  }

  /** When more may go, should no answer come. */
  nextAt(now: number, windowMs: number): number {
    return Math.min(this.#since, now) + windowMs * silence + 1;
  }

  went(now: number, windowMs: number): void {
    if (!isOver(now, this.#heardAt, windowMs)) return;
    if (this.#out === 0) this.#since = now;
    this.#out += 1;
  }

  /** It never left. */
  stayed(): void {
    this.#out = Math.max(0, this.#out - 1);
  }

  /** An answer came, or was lost. */
  heard(now: number): void {
    this.#heardAt = now;
    this.#out = 0;
  }
}

/** Whether it is longer ago than a silence; never in the future, should the clock be set back. */
function isOver(now: number, then: number, windowMs: number): boolean {
  return now < then || now - then > windowMs * silence;
}
