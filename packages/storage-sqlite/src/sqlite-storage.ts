import type { DatabaseSync } from "node:sqlite";
import { systemClock, type Clock } from "@ghlkit/core";
import type { Stores } from "@ghlkit/storage";
import { openDatabase } from "./open-database.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { createSqliteInstallationStore } from "./sqlite-installation-store.ts";
import { createSqliteLeaseStore } from "./sqlite-lease-store.ts";
import { createSqliteStateStore } from "./sqlite-state-store.ts";
import { createSqliteTokenStore } from "./sqlite-token-store.ts";

export interface SqliteStorageOptions {
  /** The database file, made when it is missing; its folder must exist. `:memory:` keeps everything in this process. */
  readonly path: string;
  /** How long a call waits for other processes that write. Default 5,000 ms. */
  readonly busyTimeoutMs?: number;
  /** How far the clocks of the processes may be apart: a dead holder's lease is taken over that much later. Default 2,000 ms. */
  readonly clockToleranceMs?: number;
  /** Default: the machine's clock. */
  readonly clock?: Pick<Clock, "now">;
}

/**
 * All stores in one SQLite file that the processes of one machine share. A write that resolved is on the disk.
 *
 * @throws GhlError `storage`: `read_only`, `corrupt`, `newer_schema`, `full`, `busy`, `unavailable`, or `other` for a file of
 * another program. Nothing was overwritten.
 */
export function createSqliteStorage(options: SqliteStorageOptions): Stores {
  return storesOn(openDatabase(options.path), options);
}

/** All stores on a database that is open and up to date. */
export function storesOn(database: DatabaseSync, options: SqliteStorageOptions): Stores {
  const { path, busyTimeoutMs = 5000, clockToleranceMs = 2000, clock = systemClock } = options;
  const connection = new SqliteConnection(database, { path, busyTimeoutMs, clock });
  return {
    tokens: createSqliteTokenStore(connection),
    leases: createSqliteLeaseStore(connection, clockToleranceMs),
    installations: createSqliteInstallationStore(connection),
    states: createSqliteStateStore(connection),
    close: async () => connection.close(),
  };
}
