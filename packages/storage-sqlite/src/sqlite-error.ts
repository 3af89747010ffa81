import { isGhlError, type StorageProblem } from "@ghlkit/core";
import { storageError } from "@ghlkit/storage/engine";

/** Result codes of SQLite (https://sqlite.org/rescode.html), without their extended part. */
const known: Readonly<Record<number, readonly [StorageProblem, string]>> = {
  5: ["busy", "is locked by another process for too long: look for one that holds a transaction open."],
  6: ["busy", "is locked by another process for too long: look for one that holds a transaction open."],
  8: ["read_only", "may not be written: change the permissions of the file and its folder, or remount the disk."],
  10: ["unavailable", "cannot be read or written: the disk or network drive reports an error."],
  11: ["corrupt", "is damaged: stop every process that uses it and restore a backup. Nothing was overwritten."],
  13: ["full", "cannot grow: the disk is full. Make room and try again; what was stored is untouched."],
  14: ["unavailable", "cannot be opened: look whether the path is a file and its folder may be written."],
  26: ["corrupt", "is not a SQLite database: choose another path, or restore a backup. Nothing was overwritten."],
};

/** The error of ours for an error of `node:sqlite`. SQLite's messages name tables and columns, never values. */
export function sqliteError(error: unknown, path: string): Error {
  if (isGhlError(error)) return error;
  const { code, message } = partsOf(error);
  if (code === "ERR_INVALID_STATE") return storageError("closed", `${path} was closed: make the storage anew.`, error);
  const found = known[resultCode(error)];
  if (found !== undefined) return storageError(found[0], `${path} ${found[1]}`, error);
  return storageError("other", `${path}: SQLite failed: ${String(message)}`, error);
}

/** Whether another connection holds the lock at this moment. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === 5 || resultCode(error) === 6;
}

function resultCode(error: unknown): number {
  const { errcode } = partsOf(error);
  return typeof errcode === "number" ? errcode & 0xff : -1;
}

/** Anything can be thrown by an effect: `undefined`, a revoked proxy. */
function partsOf(error: unknown): { readonly code?: unknown; readonly message?: unknown; readonly errcode?: unknown } {
  try {
    const { code, message, errcode } = error as { code?: unknown; message?: unknown; errcode?: unknown };
    return { code, message, errcode };
  } catch {
    return {};
  }
}
