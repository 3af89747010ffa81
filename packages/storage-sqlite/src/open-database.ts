import { accessSync, closeSync, constants, existsSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { storageError } from "@ghlkit/storage/engine";
import { migrate } from "./migrate.ts";
import { sqliteError } from "./sqlite-error.ts";

/** How long SQLite itself waits for a lock. Short, because it blocks the process; the connection goes on trying without. */
const lockWaitMs = 20;

/**
 * Opens the file, makes it when it is missing (only its owner may read it) and brings its tables up to date.
 * Nothing is written before the file proved to be ours.
 *
 * @throws GhlError `storage`.
 */
export function openDatabase(path: string, synchronous: "FULL" | "NORMAL" = "FULL"): DatabaseSync {
  if (path !== ":memory:") prepareFile(path);
  warnOfReaders(path);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: lockWaitMs });
    migrate(database, path);
    // What is deleted is overwritten: tokens of an app that was uninstalled do not stay in the file.
    database.exec("pragma secure_delete = on");
    if (synchronous === "NORMAL") database.exec("pragma synchronous = normal");
    return database;
  } catch (error) {
    database?.close();
    throw sqliteError(error, path);
  }
}

function prepareFile(path: string): void {
  const folder = dirname(path);
  if (!existsSync(folder)) throw storageError("unavailable", `The folder ${folder} does not exist: make it, or choose another path.`);
  // SQLite writes its log beside the file, so that the folder must be writable as well.
  for (const place of [folder, ...(existsSync(path) ? [path] : [])]) {
    try {
      accessSync(place, constants.R_OK | constants.W_OK);
    } catch (cause) {
      throw storageError("read_only", `${place} may not be written: change its permissions, or choose another path.`, cause);
    }
  }
  // SQLite gives its log files the mode of the database.
  if (!existsSync(path)) closeSync(openSync(path, "a", 0o600));
}

/** A file that was made by hand or restored from a backup often has the usual mode, with which every user of the machine may read it. */
function warnOfReaders(path: string): void {
  if (process.platform === "win32" || path === ":memory:") return;
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    const mode = (statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o777;
    if ((mode & 0o077) === 0) continue;
    console.warn(
      `@ghlkit/storage-sqlite: other users of this machine may use ${file} (mode ${mode.toString(8)}), and tokens are in it, as plain text unless an encryption key is set: chmod 600 it.`,
    );
  }
}
