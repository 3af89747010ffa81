/** A place in the order of arrival. */
export interface ArrivalPlace {
  readonly receivedAt: number;
  readonly seq: number;
}

/** An entry of the timeline. */
export interface Arrival extends ArrivalPlace {
  readonly id: string;
}

/** Deliveries in the order of arrival. */
export class MemoryTimeline {
  readonly #arrivals: Arrival[] = [];

  add(arrival: Arrival): void {
    // Nearly always the last one.
    const at = this.#placeOf(arrival);
    if (at === this.#arrivals.length) this.#arrivals.push(arrival);
    else this.#arrivals.splice(at, 0, arrival);
  }

  /** Puts others in place of a stretch that `after` gave in the same turn. */
  replace(stretch: readonly Arrival[], others: readonly Arrival[]): void {
    const [first] = stretch;
    if (first !== undefined) this.#arrivals.splice(this.#placeOf(first), stretch.length, ...others);
  }

  /** Up to `most` from the oldest on, or those after a place. */
  after(place: ArrivalPlace | undefined, most: number): readonly Arrival[] {
    const from = place === undefined ? 0 : this.#placeOf({ receivedAt: place.receivedAt, seq: place.seq + 1 });
    return this.#arrivals.slice(from, from + most);
  }

  /** Up to `most` from the newest on, or those before a place. Newest first. */
  before(place: ArrivalPlace | undefined, most: number): readonly Arrival[] {
    const to = place === undefined ? this.#arrivals.length : this.#placeOf(place);
    return this.#arrivals.slice(Math.max(0, to - most), to).toReversed();
  }

  #placeOf({ receivedAt, seq }: ArrivalPlace): number {
    let [from, to] = [0, this.#arrivals.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const other = this.#arrivals[middle] as Arrival;
      if (other.receivedAt < receivedAt || (other.receivedAt === receivedAt && other.seq < seq)) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
