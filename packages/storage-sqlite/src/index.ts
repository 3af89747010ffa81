export type { SqliteStores, SqliteTransaction, SqlValue } from "./sqlite-stores.ts";
export { createSqliteStorage } from "./sqlite-storage.ts";
export type { SqliteStorageOptions } from "./sqlite-storage-options.ts";
