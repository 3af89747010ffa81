/** What became of one row, as the journal and the results file keep it. */
export interface RowOutcome {
  /** Line of the source, from 1; of a CSV file the line where the row begins. */
  readonly line: number;
  /**
   * The outcome that the step returned, such as `created`; or `adopted` (an earlier attempt of the row may have made the record: whether it
   * was created or updated cannot be known), `invalid` (the row could not be read), `failed` (refused, or failed again and again).
   */
  readonly outcome: string;
  /** Id of the record, where there is one. */
  readonly id?: string;
  /** Why, in one line. */
  readonly detail?: string;
}

/** A run that has ended. */
export interface BulkSummary {
  /** `completed`: every row has an outcome. `stopped`: its signal fired, or the day's quota was used up; a later run of the same id goes on. */
  readonly outcome: "completed" | "stopped";
  /** Why it stopped. */
  readonly reason?: "aborted" | "day_used_up";
  /** Rows that have an outcome, those of earlier runs of the id included. */
  readonly rows: number;
  /** Rows by outcome. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Where a run stands. */
export interface BulkProgress {
  /** Rows that have an outcome. */
  readonly done: number;
  /** Where the source knows it. */
  readonly total: number | undefined;
  /** Rows per second, over the last minute of this run; `undefined` at its beginning. */
  readonly rate: number | undefined;
  /** Milliseconds to the end at that rate, where both are known. */
  readonly etaMs: number | undefined;
  /**
   * Why no row moves on: a slot of the rate limit, the reset of the day's quota, the lease of another process, or the platform, which failed.
   * `undefined` while rows are under way.
   */
  readonly waitingFor: "window" | "day" | "lease" | "platform" | undefined;
  /** Rows by outcome. */
  readonly counts: Readonly<Record<string, number>>;
}
