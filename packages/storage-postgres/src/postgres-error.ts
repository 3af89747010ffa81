import { isGhlError, redact, type GhlErrorOf, type StorageProblem } from "@ghlkit/core";
import { storageError } from "@ghlkit/storage/engine";

/** By SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html): whole codes, then classes. */
const known: Readonly<Record<string, readonly [StorageProblem, string]>> = {
  "53100": ["full", "The disk of the database is full: make room. What was stored is untouched."],
  "25006": ["read_only", "The database takes no writes: connect to the primary, or end its read-only mode."],
  "42501": ["read_only", "The role may not do this: grant it usage of the schema and all rights on its tables."],
  "40001": ["busy", "The database refused a transaction for its isolation level: use read committed."],
  "40P01": ["busy", "Two transactions waited for each other: try again."],
  "55P03": ["busy", "A lock was not to be had in time: look for a transaction that is left open."],
  "57014": ["busy", "The database took too long and the statement was cancelled: look for locks and load."],
  "08": ["unavailable", "The connection to the database failed: check host, network and server."],
  "28": ["unavailable", "The database refused the login: check user and password."],
  "3D": ["unavailable", "The database does not exist: create it, or correct the connection string."],
  "53": ["busy", "The database is out of connections or memory: lower the size of the pools."],
  "57": ["unavailable", "The database is shutting down or starting: try again."],
  "58": ["unavailable", "The database cannot read or write its files: look at its log."],
  XX: ["corrupt", "The database reports damaged data: look at its log and restore a backup. Nothing was overwritten."],
};

/**
 * The error of ours for an error of `pg`. Details and positions of the original are left behind: PostgreSQL puts whole rows
 * there, tokens included.
 */
export function postgresError(error: unknown): Error {
  if (isGhlError(error)) return error;
  const { code, message } = error as { code?: unknown; message?: unknown };
  const cause = new Error(code === undefined ? redact(String(message)) : `PostgreSQL ${String(code)}`);
  if (/after calling end/.test(String(message))) return storageError("closed", "The pool was ended: make the storage anew.", cause);
  return described(typeof code === "string" ? code : "", String(message), cause);
}

function described(code: string, message: string, cause: Error): GhlErrorOf<"storage"> {
  const found = known[code] ?? (/^[0-9A-Z]{5}$/.test(code) ? known[code.slice(0, 2)] : undefined);
  if (found !== undefined) return storageError(found[0], `${found[1]} (${code})`, cause);
  const network = /^E[A-Z]+$/.test(code) || /timeout|terminated|connection/i.test(message);
  if (network)
    return storageError("unavailable", `The database does not answer (${code || message}): check host, network and server.`, cause);
  return storageError("other", `PostgreSQL refused a statement${code === "" ? "" : ` (${code})`}.`, cause);
}
