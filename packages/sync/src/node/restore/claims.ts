/**
 * Records of a location that records of the backup have taken: each by one at most. The same one takes its record again, because a step that failed behind its
 * plan runs once more.
 */
export class Claims {
  readonly #takers = new Map<string, string>();

  /** Whether no other record of the backup has it. */
  isFree(id: string, taker: string): boolean {
    return (this.#takers.get(id) ?? taker) === taker;
  }

  /** Takes it, unless another record of the backup has it. */
  claim(id: string, taker: string): boolean {
    if (!this.isFree(id, taker)) return false;
    this.#takers.set(id, taker);
    return true;
  }
}
