/** What a piece of work returns: it is done, or goes on from a cursor. */
export type Slice<Cursor, Result> =
  /** The cursor is kept as JSON, and handed to the next slice, in this process or another. */
  { readonly done: false; readonly cursor: Cursor } | { readonly done: true; readonly result?: Result };

/** What the work for a location is given beside its client. */
export interface LocationContext<Cursor> {
  readonly locationId: string;
  /** Where the last slice stopped; `undefined` in the first. */
  readonly cursor: Cursor | undefined;
  /** Whether the slice has had its time: return its cursor when that is possible, so that other locations have their turn. */
  readonly isOver: () => boolean;
  /** Names this location in every run of the key, e.g. for `once`. */
  readonly key: string;
  /** Grows each time a process takes the location up: who has the lower number is late, and its writes may be refused by it. */
  readonly fence: number;
  /** The slice may have been carried out before, wholly or in part: its process died. */
  readonly isRepeat: boolean;
  /** Fires when another process may have taken the location over, or the run was stopped. */
  readonly signal: AbortSignal;
}

/**
 * The work for one location, in one piece or in slices. It may be repeated from its last cursor after a crash.
 * @throws anything: the location's outcome is then `failed`. A later run of the key tries it again; workers have tried it `attempts` times by then, and it stays failed for the key.
 */
export type LocationWork<Location, Cursor, Result> = (location: Location, at: LocationContext<Cursor>) => Promise<Slice<Cursor, Result>>;

/** What became of a location. */
export type LocationResult<Result> =
  /** `how` is `before` when an earlier run of the key, or another process, did it. */
  | { readonly locationId: string; readonly outcome: "done"; readonly how: "now" | "before"; readonly result: Result | undefined }
  /** Why nothing was done: the state of its installation. */
  | { readonly locationId: string; readonly outcome: "skipped"; readonly reason: "pending" | "needs_reconnect" | "suspended" }
  | { readonly locationId: string; readonly outcome: "failed"; readonly error: unknown };
