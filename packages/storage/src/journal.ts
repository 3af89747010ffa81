/** An effect by its key: under way (or its doer died), or done. Times are the store's. */
export interface JournalEntry {
  readonly key: string;
  readonly state: "started" | "finished";
  /** 1 for the first try; one more for each that followed a try which certainly had no effect. */
  readonly attempt: number;
  readonly startedAt: number;
  /** Until then the process that started it may still be at work. */
  readonly leaseEndsAt: number;
  readonly finishedAt?: number;
  /** What the doer noted at the end. JSON value. */
  readonly outcome?: unknown;
}

/** Whether an effect may be carried out now. */
export type JournalStart =
  | { readonly started: true; readonly attempt: number }
  /** It was started before. `leaseMs` is how long its process may still be at work; 0 when that is over. */
  | { readonly started: false; readonly entry: JournalEntry; readonly leaseMs: number };

/** How the start of an effect is recorded. */
export interface StartOptions {
  /** For so long no other process may judge it. The process at work extends that, so only one that died lets it end. */
  readonly leaseMs: number;
  /**
   * An attempt that certainly had no effect, and whose lease is over: another may follow it.
   * @default 0: there must be none
   */
  readonly after?: number;
}

/** Which unfinished effects are listed. */
export interface UnfinishedQuery {
  /**
   * Only those started at least so long ago.
   * @default 0
   */
  readonly olderThanMs?: number;
  /** @default 100 */
  readonly limit?: number;
}

/**
 * What was started and what was finished, by key: makes effects at-most-once across restarts, for a platform that has no
 * idempotency keys. Every method is atomic, and rejects with a GhlError `storage` when the store cannot do its work.
 */
export interface Journal {
  /** Notes that the effect begins. `started: true` for one caller only, however many ask at the same time. */
  readonly start: (key: string, options: StartOptions) => Promise<JournalStart>;
  /**
   * The process that started it is still at work: the lease ends `leaseMs` from now. Works after its end, too, while no other attempt follows; `extended` is
   * false when this attempt is no longer the one that counts.
   */
  readonly extend: (key: string, lease: { readonly attempt: number; readonly leaseMs: number }) => Promise<{ readonly extended: boolean }>;
  /** Notes the outcome. `finished` is false when this attempt is no longer the one that counts. */
  readonly finish: (
    key: string,
    result: { readonly attempt: number; readonly outcome?: unknown },
  ) => Promise<{ readonly finished: boolean }>;
  /** The attempt certainly had no effect: the key may be started again. */
  readonly abandon: (key: string, attempt: { readonly attempt: number }) => Promise<{ readonly abandoned: boolean }>;
  readonly get: (key: string) => Promise<JournalEntry | undefined>;
  /** Those whose end was not noted, oldest first: what a person should look at after a crash. */
  readonly unfinished: (query?: UnfinishedQuery) => Promise<readonly JournalEntry[]>;
  /** Forgets what was finished at least so long ago. Unfinished effects stay. */
  readonly prune: (age: { readonly olderThanMs: number }) => Promise<{ readonly pruned: number }>;
}
