/** Times in the order they were added; the oldest leave first. Appending and leaving cost the same however many there are. */
export class TimeQueue {
  #times: number[] = [];
  #head = 0;

  get length(): number {
    return this.#times.length - this.#head;
  }

  push(time: number): void {
    // An array that is made with its only element takes a fraction of the memory of one that grew.
    if (this.#times.length === 0) this.#times = [time];
    else this.#times.push(time);
  }

  /** The time at a place counted from the oldest; `undefined` past the end. */
  at(place: number): number | undefined {
    return this.#times[this.#head + place];
  }

  /** Makes every later time this one, when even the oldest is later. */
  capAt(time: number): void {
    if ((this.at(0) ?? time) > time) this.#times.fill(time);
  }

  /** Drops the times that are not after `now`. */
  dropUntil(now: number): void {
    while ((this.at(0) ?? Infinity) <= now) this.#head += 1;
    if (this.#head < 64 || this.#head * 2 < this.#times.length) return;
    this.#times = this.#times.slice(this.#head);
    this.#head = 0;
  }
}
