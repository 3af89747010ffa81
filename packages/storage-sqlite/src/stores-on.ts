import type { DatabaseSync } from "node:sqlite";
import { systemClock } from "@ghlkit/core";
import { DatabaseFile } from "./database-file.ts";
import { createSqliteInbox } from "./inbox/sqlite-inbox.ts";
import { steadyNow } from "./steady-now.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { createSqliteInstallationStore } from "./sqlite-installation-store.ts";
import { createSqliteJournal } from "./sqlite-journal.ts";
import { createSqliteLeaseStore } from "./sqlite-lease-store.ts";
import { createSqliteRateWindow } from "./sqlite-rate-window.ts";
import { createSqliteStateStore } from "./sqlite-state-store.ts";
import type { SqliteStorageOptions } from "./sqlite-storage-options.ts";
import type { SqliteStores } from "./sqlite-stores.ts";
import { createSqliteTokenStore } from "./sqlite-token-store.ts";

/** All stores on a database that is open and up to date. */
export function storesOn(database: DatabaseSync, options: SqliteStorageOptions): SqliteStores {
  const { path, busyTimeoutMs = 5000, clockToleranceMs = 2000, clock = systemClock } = options;
  // A clock that is given is the only one of the program.
  const { steadyClock = clock === systemClock ? steadyNow : clock.now } = options;
  const file = path === ":memory:" ? undefined : new DatabaseFile(path);
  const connection = new SqliteConnection(database, { path, busyTimeoutMs, clock, file });
  return {
    tokens: createSqliteTokenStore(connection),
    leases: createSqliteLeaseStore(connection, { clockToleranceMs, steadyNow: steadyClock }),
    installations: createSqliteInstallationStore(connection),
    states: createSqliteStateStore(connection),
    rates: createSqliteRateWindow(connection, steadyClock),
    journal: createSqliteJournal(connection),
    inbox: createSqliteInbox(connection),
    close: async () => connection.close(),
  };
}
