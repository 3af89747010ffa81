import type { Clock } from "@ghlkit/core";

/** Where `createSqliteStorage` keeps its file, and how. */
export interface SqliteStorageOptions {
  /** The database file, made when it is missing; its folder must exist. `:memory:` keeps everything in this process. */
  readonly path: string;
  /**
   * `FULL`: a write that resolved is on the disk. `NORMAL`, at your own risk: it survives the end of the process, and not that of the
   * machine; the latest writes may be gone then, webhooks that were acknowledged and new tokens among them.
   * @default "FULL"
   */
  readonly synchronous?: "FULL" | "NORMAL";
  /**
   * How long a call waits for other processes that write.
   * @default 5,000 ms
   */
  readonly busyTimeoutMs?: number;
  /**
   * A dead holder's lease is taken over that much after its end.
   * @default 2,000 ms
   */
  readonly clockToleranceMs?: number;
  /**
   * Time of all stores.
   * @default the machine's clock
   */
  readonly clock?: Pick<Clock, "now">;
  /**
   * Milliseconds on a clock that is never set and that all processes share: that of leases and rate windows. Default: the machine's
   * monotonic one; `clock.now` where a clock other than the machine's is given.
   */
  readonly steadyClock?: () => number;
}
