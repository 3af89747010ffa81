import type { DatabaseSync } from "node:sqlite";
import { storageError } from "@ghlkit/storage/engine";
import { isBusy } from "./sqlite-error.ts";
import { migrations } from "./migrations.ts";

/** Marks the file as ours (https://sqlite.org/pragma.html#pragma_application_id): "ghlk". */
const applicationId = 0x67686c6b;

/** How long to wait for another process that makes the tables at this moment. */
const patienceMs = 5000;

/**
 * Brings the tables to the version of this package, in one transaction.
 * @throws GhlError `storage` with the reason `newer_schema`, or `other` for a database of another program; nothing was written.
 */
export function migrate(database: DatabaseSync, path: string, steps: readonly string[] = migrations): void {
  retryWhileBusy(() => check(database, path, steps.length));
  retryWhileBusy(() => database.exec("pragma journal_mode = wal"));
  database.exec("pragma synchronous = full");
  if (versionOf(database) === steps.length) return;
  retryWhileBusy(() => database.exec("begin immediate"));
  try {
    // Looked at again: another process may have been first.
    const version = check(database, path, steps.length);
    database.exec(`pragma application_id = ${applicationId}`);
    database.exec("create table if not exists ghlkit_schema (version integer primary key, applied_at text not null) strict");
    for (const [at, step] of steps.entries()) {
      if (at < version) continue;
      database.exec(step);
      database.prepare("insert into ghlkit_schema (version, applied_at) values (?, datetime('now'))").run(at + 1);
    }
    database.exec("commit");
  } catch (error) {
    // A full disk has ended the transaction already.
    if (database.isTransaction) database.exec("rollback");
    throw error;
  }
}

/** Version of the tables; 0 for an empty file. */
function check(database: DatabaseSync, path: string, newest: number): number {
  const tables = Number(database.prepare("select count(*) as tables from sqlite_schema").get()?.["tables"]);
  if (tables === 0) return 0;
  const id = database.prepare("pragma application_id").get()?.["application_id"];
  if (id !== applicationId)
    throw storageError("other", `${path} is a database of another program: choose another path. Nothing was written.`);
  const version = versionOf(database);
  if (version <= newest) return version;
  const message = `${path} was written by a newer @ghlkit/storage-sqlite (schema ${version}, this one knows ${newest}): update the package. Nothing was written.`;
  throw storageError("newer_schema", message);
}

function versionOf(database: DatabaseSync): number {
  const known = database.prepare("select 1 from sqlite_schema where name = 'ghlkit_schema'").get();
  if (known === undefined) return 0;
  return Number(database.prepare("select coalesce(max(version), 0) as version from ghlkit_schema").get()?.["version"]);
}

/** Opening is synchronous, so that this wait is. */
function retryWhileBusy<Result>(action: () => Result): Result {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return action();
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5 + Math.random() * 10);
    }
  }
}
