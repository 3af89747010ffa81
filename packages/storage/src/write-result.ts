/**
 * What a compare-and-set write expects to find: the version it read, or 0 when there must be no record yet.
 * Versions of a key only grow and never come back, not even after a delete.
 */
export interface ExpectedVersion {
  readonly expectedVersion: number;
}

/**
 * Outcome of a compare-and-set write. When another writer was first nothing is written, and `current` is what stands
 * there now (`undefined`: nothing).
 */
export type WriteResult<Stored> =
  | { readonly stored: true; readonly version: number }
  | { readonly stored: false; readonly current: Stored | undefined };
