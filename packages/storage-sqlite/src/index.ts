export type { SqliteStores, SqliteTransaction, SqlValue } from "./sqlite-stores.ts";
export { createSqliteStorage, type SqliteStorageOptions } from "./sqlite-storage.ts";
