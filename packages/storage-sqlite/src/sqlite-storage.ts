import { openDatabase } from "./open-database.ts";
import type { SqliteStorageOptions } from "./sqlite-storage-options.ts";
import type { SqliteStores } from "./sqlite-stores.ts";
import { storesOn } from "./stores-on.ts";

/**
 * All stores in one SQLite file that the processes of one machine share. A write that resolved is on the disk, unless `synchronous` says otherwise.
 *
 * @throws GhlError `storage`: `read_only`, `corrupt`, `newer_schema`, `full`, `busy`, `unavailable`, or `other` for a file of
 * another program. Nothing was overwritten.
 */
export function createSqliteStorage(options: SqliteStorageOptions): SqliteStores {
  return storesOn(openDatabase(options.path, options.synchronous), options);
}
