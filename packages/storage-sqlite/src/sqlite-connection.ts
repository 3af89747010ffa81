import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { sleep, type Clock } from "@ghlkit/core";
import { storageError } from "@ghlkit/storage/engine";
import type { DatabaseFile } from "./database-file.ts";
import { isBusy, sqliteError } from "./sqlite-error.ts";

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** What a statement may do within {@link SqliteConnection.read} and {@link SqliteConnection.write}. */
export interface Sql {
  readonly one: (sql: string, ...values: SQLInputValue[]) => Row | undefined;
  readonly all: (sql: string, ...values: SQLInputValue[]) => readonly Row[];
  /** How many rows changed. */
  readonly run: (sql: string, ...values: SQLInputValue[]) => number;
}

export interface SqliteConnectionOptions {
  readonly path: string;
  readonly clock: Pick<Clock, "now">;
  readonly busyTimeoutMs: number;
  /** Absent for a database in memory. */
  readonly file: DatabaseFile | undefined;
}

/** One open database: statements prepared once, transactions, patience with locks, errors of ours. */
export class SqliteConnection {
  readonly #database: DatabaseSync;
  readonly #options: SqliteConnectionOptions;
  readonly #statements = new Map<string, StatementSync>();
  #isClosed = false;
  readonly #sql: Sql = {
    one: (sql, ...values) => this.#statement(sql).get(...values),
    all: (sql, ...values) => this.#statement(sql).all(...values),
    run: (sql, ...values) => Number(this.#statement(sql).run(...values).changes),
  };

  constructor(database: DatabaseSync, options: SqliteConnectionOptions) {
    this.#database = database;
    this.#options = options;
  }

  /** Milliseconds since epoch. */
  now(): number {
    return Math.trunc(this.#options.clock.now());
  }

  read<Result>(action: (sql: Sql) => Result): Promise<Result> {
    return this.#retryWhileBusy(() => {
      this.#options.file?.checkReadable();
      return action(this.#sql);
    });
  }

  /** Runs the action in one transaction, alone among all processes. It may run again when the lock is not to be had. */
  write<Result>(action: (sql: Sql) => Result): Promise<Result> {
    const { file } = this.#options;
    return this.#retryWhileBusy(() => {
      file?.checkWritable();
      const result = this.#transact(action);
      // What was committed into a file that is not on the disk any more is not stored.
      file?.checkKept();
      return result;
    });
  }

  /** Empties the log, so that what was deleted is not in there either. Does nothing while another process reads it. */
  async scrub(): Promise<void> {
    try {
      this.#database.exec("pragma wal_checkpoint(truncate)");
    } catch {
      // What was deleted is deleted all the same, and the log is overwritten in its turn.
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#statements.clear();
    try {
      this.#options.file?.checkKept();
    } catch {
      // SQLite would delete the log at the path, which is now that of another database.
      return;
    }
    if (this.#database.isOpen) this.#database.close();
  }

  #transact<Result>(action: (sql: Sql) => Result): Result {
    this.#database.exec("begin immediate");
    try {
      const result = action(this.#sql);
      this.#database.exec("commit");
      return result;
    } catch (error) {
      // A full disk has ended the transaction already.
      if (this.#database.isTransaction) this.#database.exec("rollback");
      throw error;
    }
  }

  async #retryWhileBusy<Result>(action: () => Result): Promise<Result> {
    const until = performance.now() + this.#options.busyTimeoutMs;
    for (;;) {
      if (this.#isClosed) throw storageError("closed", `${this.#options.path} was closed: make the storage anew.`);
      try {
        return action();
      } catch (error) {
        if (!isBusy(error) || performance.now() >= until) throw sqliteError(error, this.#options.path);
      }
      await sleep(2 + Math.random() * 10);
    }
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** A number no version or fence had before. */
export function nextNumber(sql: Sql, counter: "version" | "fence"): number {
  return Number(sql.one("update counters set value = value + 1 where name = ? returning value", counter)?.["value"]);
}
