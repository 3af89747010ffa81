export {
  createPostgresStorage,
  type PostgresConnectionOption,
  type PostgresPoolOption,
  type PostgresSchemaOption,
  type PostgresStorageOptions,
} from "./postgres-storage.ts";
export type { PostgresClient, PostgresPool, PostgresResult } from "./postgres-pool.ts";
