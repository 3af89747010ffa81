import type { Inbox, Stores } from "@ghlkit/storage";

/** What SQLite keeps in a column. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/**
 * What an effect of the inbox works with: the transaction that completes the delivery. It has to be done when the function
 * returns.
 */
export interface SqliteTransaction {
  readonly one: (sql: string, ...values: SqlValue[]) => Readonly<Record<string, SqlValue>> | undefined;
  readonly all: (sql: string, ...values: SqlValue[]) => readonly Readonly<Record<string, SqlValue>>[];
  /** How many rows changed. */
  readonly run: (sql: string, ...values: SqlValue[]) => number;
}

/** All stores of a SQLite file. Effects of its inbox share the transaction that completes a delivery. */
export interface SqliteStores extends Stores {
  readonly inbox: Inbox<SqliteTransaction>;
}
