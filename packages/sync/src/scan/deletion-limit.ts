/** Most deletions that are believed without a person. */
export interface DeletionLimit {
  /**
   * Records.
   * @default 100
   */
  readonly records?: number;
  /**
   * Share of the records of the kind and location, from 0 to 1; ten may always be gone.
   * @default 0.05
   */
  readonly share?: number;
}
