import type { Stores } from "../stores.ts";

/** A process of its own that works on the data under test. */
export interface StoreProcess {
  readonly stores: Stores;
  /** Ends it the hard way (`SIGKILL`) and resolves when it is gone. */
  readonly kill: () => Promise<void>;
}

/** Fresh data for one test, and processes that share it. */
export interface ProcessesUnderTest {
  /** Starts a process, with a clock that is off by `clockOffsetMs`. */
  readonly start: (clockOffsetMs?: number) => Promise<StoreProcess>;
  /** Moves the clock of all of them, or of the store where it has one. */
  readonly advance: (ms: number) => Promise<void>;
  /** See `StoreUnderTest`. */
  readonly leaseGraceMs?: number;
  /** Ends every process that is left. */
  readonly close: () => Promise<void>;
}
