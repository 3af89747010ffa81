import type { Clock } from "@ghlkit/core";
import { openDatabase } from "./open-database.ts";
import type { SqliteStores } from "./sqlite-stores.ts";
import { storesOn } from "./stores-on.ts";

export interface SqliteStorageOptions {
  /** The database file, made when it is missing; its folder must exist. `:memory:` keeps everything in this process. */
  readonly path: string;
  /**
   * `FULL`: a write that resolved is on the disk. `NORMAL`, at your own risk: it survives the end of the process, and not that of the
   * machine; the latest writes may be gone then, webhooks that were acknowledged and new tokens among them. Default `FULL`.
   */
  readonly synchronous?: "FULL" | "NORMAL";
  /** How long a call waits for other processes that write. Default 5,000 ms. */
  readonly busyTimeoutMs?: number;
  /** A dead holder's lease is taken over that much after its end. Default 2,000 ms. */
  readonly clockToleranceMs?: number;
  /** Time of all stores. Default: the machine's clock. */
  readonly clock?: Pick<Clock, "now">;
  /**
   * Milliseconds on a clock that is never set and that all processes share: that of leases and rate windows. Default: the machine's
   * monotonic one; `clock.now` where a clock other than the machine's is given.
   */
  readonly steadyClock?: () => number;
}

/**
 * All stores in one SQLite file that the processes of one machine share. A write that resolved is on the disk, unless `synchronous` says otherwise.
 *
 * @throws GhlError `storage`: `read_only`, `corrupt`, `newer_schema`, `full`, `busy`, `unavailable`, or `other` for a file of
 * another program. Nothing was overwritten.
 */
export function createSqliteStorage(options: SqliteStorageOptions): SqliteStores {
  return storesOn(openDatabase(options.path, options.synchronous), options);
}
