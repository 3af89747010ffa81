import { DatabaseSync, type StatementSync } from "node:sqlite";
import { isGhlError, sleep } from "@ghlkit/core";
import { storageError } from "@ghlkit/storage/engine";
import type { CopyEngine, SqlRow, SqlSession, SqlValue } from "../copy/copy-engine.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";

/** Options of {@link sqlite}. */
export interface SqliteOptions {
  /**
   * How long to wait for another process that writes, in ms.
   * @default 10_000
   */
  readonly busyTimeoutMs?: number;
}

/** How long SQLite itself waits for a lock. Short, because it blocks the process. */
const lockWaitMs = 20;

/**
 * Keeps the copy in a SQLite file, by `node:sqlite`. Its tables and views begin with `ghl_`, so that the file can be the application's own.
 * What is committed survives the loss of power (WAL, `synchronous = full`).
 * @param path The file, made when it is missing; its folder must exist. `":memory:"` keeps nothing.
 * @throws GhlError `storage` when the file cannot be opened.
 */
export function sqlite(path: string, { busyTimeoutMs = 10_000 }: SqliteOptions = {}): CopyEngine {
  const database = open(path);
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const text = sql.replaceAll("$s.", "");
    const known = statements.get(text) ?? database.prepare(text);
    statements.set(text, known);
    return known;
  };
  const run = <Result>(action: () => Result): Result => {
    try {
      return action();
    } catch (error) {
      throw copyError(error, path);
    }
  };
  const session: SqlSession = {
    all: async (sql, values = []) => run(() => prepared(sql).all(...values) as readonly SqlRow[]),
    each: async (sql, rows) => run(() => rows.forEach((values: readonly SqlValue[]) => prepared(sql).run(...values))),
  };
  // One connection: what another caller does must not come between the statements of a transaction.
  let last: Promise<unknown> = Promise.resolve();
  const alone = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
  const begin = async (): Promise<void> => {
    const until = performance.now() + busyTimeoutMs;
    for (;;) {
      try {
        return database.exec("begin immediate");
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) throw copyError(error, path);
      }
      await sleep(2 + Math.random() * 10);
    }
  };
  return {
    dialect: sqliteDialect,
    all: (sql, values) => alone(() => session.all(sql, values)),
    transaction: (work) =>
      alone(async () => {
        await begin();
        try {
          const result = await work(session);
          run(() => database.exec("commit"));
          return result;
        } catch (error) {
          // A full disk has ended the transaction already.
          if (database.isTransaction) database.exec("rollback");
          throw error;
        }
      }),
    close: () =>
      alone(async () => {
        statements.clear();
        if (database.isOpen) database.close();
      }),
  };
}

function open(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: lockWaitMs });
    database.exec("pragma journal_mode = wal");
    database.exec("pragma synchronous = full");
    // What was deleted is overwritten: a person who was erased is not in the file any more.
    database.exec("pragma secure_delete = on");
    return database;
  } catch (error) {
    database?.close();
    throw copyError(error, path);
  }
}

/** SQLITE_BUSY and SQLITE_LOCKED, without their extended part (https://sqlite.org/rescode.html). */
function isBusy(error: unknown): boolean {
  const { errcode } = error as { readonly errcode?: unknown };
  return typeof errcode === "number" && [5, 6].includes(errcode & 0xff);
}

/** SQLite's messages name tables and columns, never values. */
function copyError(error: unknown, path: string): Error {
  if (isGhlError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return storageError(isBusy(error) ? "busy" : "other", `${path}: SQLite failed: ${message}`, error);
}
