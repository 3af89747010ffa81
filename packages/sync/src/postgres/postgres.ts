import { ghlError, isGhlError } from "@ghlkit/core";
import { storageError } from "@ghlkit/storage/engine";
import { Pool } from "pg";
import type { CopyEngine, SqlRow, SqlSession, SqlValue } from "../copy/copy-engine.ts";
import { postgresDialect } from "./postgres-dialect.ts";

/** The part of `pg`'s Pool that the copy uses. */
export interface PostgresPool {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: Record<string, unknown>[] }>;
  connect(): Promise<PostgresClient>;
  end(): Promise<unknown>;
}

/** The part of `pg`'s PoolClient that the copy uses. */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: Record<string, unknown>[] }>;
  release(error?: Error | boolean): void;
  on(event: "error", listener: (error: Error) => void): unknown;
  off(event: "error", listener: (error: Error) => void): unknown;
}

/** Options of {@link postgres}. */
export type PostgresOptions = {
  /**
   * Schema of the tables and views, made when it is missing. Small letters, digits and `_`.
   * @default "ghl"
   */
  readonly schema?: string;
} & (
  | {
      /** A pool of yours. It stays open when the copy is closed; its timeouts and its `error` listener are yours. */
      readonly pool: PostgresPool;
    }
  | {
      /** `postgres://…`; the copy makes a pool of its own. */
      readonly connectionString: string;
      /**
       * Most connections.
       * @default 10
       */
      readonly maxConnections?: number;
    }
);

/** How long to wait for a connection of the pool, in ms. */
const connectionTimeoutMs = 10_000;

/**
 * Keeps the copy in a schema of PostgreSQL, which any number of processes share. Tables and views are those of SQLite: `ghl.ghl_contacts`, …
 * @throws GhlError `invalid_request` for a schema name. The database is reached when the sync begins.
 */
export function postgres(options: PostgresOptions): CopyEngine {
  const { schema = "ghl" } = options;
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
    throw ghlError("invalid_request", "schema must be of small letters, digits and _, at most 63, and not begin with a digit.", {});
  const isOwn = !("pool" in options);
  const pool: PostgresPool = "pool" in options ? options.pool : ownPool(options);
  const textOf = (sql: string): string => sql.replaceAll("$s.", `${schema}.`).replaceAll(/\?(\d+)/g, "$$$1");
  const sessionOn = ({ query }: Pick<PostgresPool, "query">): SqlSession => ({
    all: async (sql, values = []) => {
      try {
        return (await query(textOf(sql), [...values])).rows as readonly SqlRow[];
      } catch (error) {
        throw copyError(error);
      }
    },
    each: async (sql, rows) => {
      try {
        const { text, values } = ofRows(textOf(sql), rows);
        await query(text, values);
      } catch (error) {
        throw copyError(error);
      }
    },
  });
  return {
    dialect: postgresDialect(schema),
    all: sessionOn({ query: (text, values) => pool.query(text, values) }).all,
    transaction: async (work) => {
      const client = await pool.connect().catch((error: unknown) => {
        throw copyError(error);
      });
      // A connection that breaks while it is taken is reported as an event, too; the statement under way rejects.
      client.on("error", ignore);
      const session = sessionOn({ query: (text, values) => client.query(text, values) });
      let isBroken = false;
      try {
        await session.all("begin");
        const result = await work(session);
        await session.all("commit");
        return result;
      } catch (error) {
        isBroken = await client.query("rollback").then(
          () => false,
          () => true,
        );
        throw error;
      } finally {
        client.off("error", ignore);
        client.release(isBroken);
      }
    },
    close: async () => {
      if (isOwn) await pool.end();
    },
  };
}

function ownPool({
  connectionString,
  maxConnections = 10,
}: {
  readonly connectionString: string;
  readonly maxConnections?: number;
}): PostgresPool {
  const pool = new Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: connectionTimeoutMs,
    allowExitOnIdle: true,
    application_name: "ghlkit-sync",
  });
  // An idle connection that the server ends must not end the process: the next statement gets a new one, or an error.
  pool.on("error", ignore);
  return pool;
}

/** One statement with as many rows as there are: `values ($1, …)` is repeated for each. */
function ofRows(sql: string, rows: readonly (readonly SqlValue[])[]): { readonly text: string; readonly values: unknown[] } {
  const text = sql.replace(/values (\([^)]*\))/, (_, one: string) => {
    const repeated = rows.map((row, at) => one.replaceAll(/\$(\d+)/g, (__, number: string) => `$${at * row.length + Number(number)}`));
    return `values ${repeated.join(", ")}`;
  });
  return { text, values: rows.flat() };
}

function ignore(): void {}

/** Details of the original are left behind: PostgreSQL puts whole rows there. */
function copyError(error: unknown): Error {
  if (isGhlError(error)) return error;
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === "string" && /^(40|55|57014)/.test(code))
    return storageError("busy", `PostgreSQL refused a statement because of another one (${code}): it is tried again.`, error);
  if (typeof code !== "string" || /^(E[A-Z]+|08|57|28|3D|53)/.test(code))
    return storageError(
      "unavailable",
      `The database of the copy does not answer (${typeof code === "string" ? code : String(message)}).`,
      error,
    );
  return storageError("other", `PostgreSQL refused a statement (${code}): ${String(message)}`, error);
}
