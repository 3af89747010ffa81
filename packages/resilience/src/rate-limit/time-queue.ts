/**
 * Times in the order they were added, each with a note; the oldest leave first. Appending and leaving cost the same however many there
 * are.
 */
export class TimeQueue {
  #times: number[] = [];
  #notes: number[] = [];
  #head = 0;

  get length(): number {
    return this.#times.length - this.#head;
  }

  push(time: number, note = 0): void {
    this.#times.push(time);
    this.#notes.push(note);
  }

  /** The time at a place counted from the oldest; `undefined` past the end. */
  at(place: number): number | undefined {
    return this.#times[this.#head + place];
  }

  /** How many are after a time. In proportion to them, so not for many. */
  countAfter(time: number): number {
    let count = 0;
    for (let place = this.#times.length - 1; place >= this.#head && (this.#times[place] as number) > time; place -= 1) count += 1;
    return count;
  }

  /** Makes every later time this one, when even the oldest is later. */
  capAt(time: number): void {
    if ((this.at(0) ?? time) > time) this.#times.fill(time);
  }

  /** Drops the times that are not after `now`, and tells the note of each. */
  dropUntil(now: number, dropped?: (note: number) => void): void {
    for (; (this.at(0) ?? Infinity) <= now; this.#head += 1) dropped?.(this.#notes[this.#head] as number);
    if (this.#head < 64 || this.#head * 2 < this.#times.length) return;
    this.#times = this.#times.slice(this.#head);
    this.#notes = this.#notes.slice(this.#head);
    this.#head = 0;
  }
}
