import { ghlError } from "@ghlkit/core";
import type { Inbox, Stores } from "@ghlkit/storage";
import { Pool } from "pg";
import { createPostgresInbox } from "./inbox/postgres-inbox.ts";
import { migrate } from "./migrate.ts";
import { PostgresConnection, type PostgresTransaction } from "./postgres-connection.ts";
import { createPostgresInstallationStore } from "./postgres-installation-store.ts";
import { createPostgresJournal } from "./postgres-journal.ts";
import { createPostgresLeaseStore } from "./postgres-lease-store.ts";
import type { PostgresPool } from "./postgres-pool.ts";
import { createPostgresRateWindow } from "./postgres-rate-window.ts";
import { createPostgresStateStore } from "./postgres-state-store.ts";
import { createPostgresTokenStore } from "./postgres-token-store.ts";

/** A schema, with a pool of yours or a connection string. */
export type PostgresStorageOptions = PostgresSchemaOption & (PostgresPoolOption | PostgresConnectionOption);

/** Where the tables are. */
export interface PostgresSchemaOption {
  /**
   * Schema of the tables, made when it is missing. Small letters, digits and `_`.
   * @default "ghlkit"
   */
  readonly schema?: string;
}

/** With a pool of yours. */
export interface PostgresPoolOption {
  /** A pool of yours. It stays open when the storage is closed; its timeouts and its `error` listener are yours. */
  readonly pool: PostgresPool;
}

/** With a connection string. */
export interface PostgresConnectionOption {
  /** `postgres://…`; the storage makes a pool of its own. */
  readonly connectionString: string;
  /**
   * Most connections.
   * @default 10
   */
  readonly maxConnections?: number;
  /**
   * How long to wait for a connection, and for a statement.
   * @default 10,000 ms each
   */
  readonly timeoutMs?: number;
}

/** All stores of a schema. Effects of its inbox share the transaction that completes a delivery. */
export interface PostgresStores extends Stores {
  readonly inbox: Inbox<PostgresTransaction>;
}

/**
 * All stores in one PostgreSQL schema that any number of processes and machines share. Time is the database's.
 *
 * @throws GhlError `storage`: `unavailable`, `newer_schema`, `read_only`, `full`, `busy`; `invalid_request` for a schema name.
 */
export async function createPostgresStorage(options: PostgresStorageOptions): Promise<PostgresStores> {
  const { schema = "ghlkit" } = options;
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
    throw ghlError("invalid_request", "schema must be of small letters, digits and _, at most 63, and not begin with a digit.", {});
  const pool = "pool" in options ? options.pool : ownPool(options);
  let open = !("pool" in options);
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await pool.end();
  };
  try {
    await migrate(pool, schema);
  } catch (error) {
    await close();
    throw error;
  }
  const connection = new PostgresConnection(pool, schema);
  return {
    tokens: createPostgresTokenStore(connection),
    leases: createPostgresLeaseStore(connection),
    installations: createPostgresInstallationStore(connection),
    states: createPostgresStateStore(connection),
    rates: createPostgresRateWindow(connection),
    journal: createPostgresJournal(connection),
    inbox: createPostgresInbox(connection),
    close,
  };
}

function ownPool({ connectionString, maxConnections = 10, timeoutMs = 10_000 }: PostgresConnectionOption): PostgresPool {
  const pool = new Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: timeoutMs,
    query_timeout: timeoutMs + 1000,
    allowExitOnIdle: true,
    application_name: "ghlkit",
  });
  // An idle connection that the server ends must not end the process: the next call gets a new one, or an error.
  pool.on("error", () => {});
  return pool;
}
