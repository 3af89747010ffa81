export type { SqliteTransaction } from "./inbox/sqlite-inbox.ts";
export type { SqliteStores } from "./stores-on.ts";
export { createSqliteStorage, type SqliteStorageOptions } from "./sqlite-storage.ts";
