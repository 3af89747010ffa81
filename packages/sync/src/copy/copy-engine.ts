/** A value of a statement. */
export type SqlValue = string | number | null;

/** A row of an answer. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** Statements, their parameters written `?1`, `?2`, …; the schema of the tables is written `$s.`. */
export interface SqlSession {
  /** @throws GhlError `storage`. */
  readonly all: (sql: string, values?: readonly SqlValue[]) => Promise<readonly SqlRow[]>;
  /** Runs a statement for each of the rows. */
  readonly each: (sql: string, rows: readonly (readonly SqlValue[])[]) => Promise<void>;
}

/** Where engines differ in SQL. */
export interface Dialect {
  /** Type of a column that holds JSON. */
  readonly json: string;
  /** Statements that run before the tables are looked at, in their transaction. */
  readonly prepare: readonly string[];
  /** Waits until no other transaction holds the text `?1`; absent where transactions that write run one after the other. */
  readonly lock?: string;
  /** Whether a column is one of the texts in a parameter, which is a JSON array. */
  readonly isIn: (column: string, parameter: string) => string;
  /** A value in JSON that is of a type: `null` for one of another type. */
  readonly typed: (column: string, path: readonly string[], type: "text" | "number" | "boolean" | "json") => string;
  /** JSON type of a value, in the engine's words; `null` when it is absent. */
  readonly typeOf: (column: string, path: readonly string[]) => string;
  /** The engine's words for the type. */
  readonly typeNames: (type: "text" | "number" | "boolean") => readonly string[];
  /** A text with an ISO time, as something that can be subtracted: seconds. */
  readonly seconds: (text: string) => string;
  /** Puts a view in place of the one of its name. */
  readonly replaceView: (name: string, query: string) => readonly string[];
}

/** The database in which a copy is kept: `sqlite()` of `@ghlkit/sync/sqlite`, `postgres()` of `@ghlkit/sync/postgres`. */
export interface CopyEngine {
  readonly dialect: Dialect;
  /** Runs the work in one transaction: all of it is kept, or nothing. @throws GhlError `storage`, and what the work throws. */
  readonly transaction: <Result>(work: (sql: SqlSession) => Promise<Result>) => Promise<Result>;
  /** One statement by itself. */
  readonly all: SqlSession["all"];
  readonly close: () => Promise<void>;
}
