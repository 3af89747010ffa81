import type { DatabaseSync } from "node:sqlite";
import { systemClock } from "@ghlkit/core";
import type { Stores } from "@ghlkit/storage";
import { SqliteConnection } from "./sqlite-connection.ts";
import { createSqliteInstallationStore } from "./sqlite-installation-store.ts";
import { createSqliteLeaseStore } from "./sqlite-lease-store.ts";
import { createSqliteStateStore } from "./sqlite-state-store.ts";
import type { SqliteStorageOptions } from "./sqlite-storage.ts";
import { createSqliteTokenStore } from "./sqlite-token-store.ts";

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
