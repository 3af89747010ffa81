import { ghlError, type Clock } from "@ghlkit/core";
import { valueOf, type Environment } from "../environment.ts";
import { checkEncryptionKey, type EncryptionKey } from "./encryption-key.ts";

/** Where state is kept. The same program runs on each: only this changes. */
export interface StorageSettings {
  /**
   * `postgres://…`, or the path of an SQLite file, made when it is missing. Default `ghlkit.db` in the working directory.
   * `:memory:` keeps everything in this process.
   */
  readonly database?: string;
  /** `redis://…` or `rediss://…`: rate windows and leases of many processes go there instead. Default: none. */
  readonly redis?: string;
  /**
   * Encrypts tokens before they are stored (AES-256-GCM). Tokens that are there already are read as they are, and encrypted when they
   * are renewed, or by `encryptTokens()`. Default: none, tokens are stored as plain text.
   */
  readonly encryptionKey?: EncryptionKey;
  /** Time of an SQLite file; the other databases have their own. Default: the machine's clock. */
  readonly clock?: Clock;
}

/**
 * Reads `GHL_DATABASE`, `GHL_REDIS_URL` and `GHL_ENCRYPTION_KEY` (see {@link EncryptionKey}; several are separated by commas).
 * @returns `undefined` when none is set: a script with a private token needs no storage.
 * @throws GhlError `invalid_request`, in one sentence, when they do not go together or the key cannot be one.
 */
export function storageFromEnv(env: Environment): StorageSettings | undefined {
  const database = valueOf(env, "GHL_DATABASE");
  const redis = valueOf(env, "GHL_REDIS_URL");
  if (redis !== undefined && !isRedisUrl(redis)) throw refused("GHL_REDIS_URL must begin with redis:// or rediss://.");
  if (redis !== undefined && database === undefined)
    throw refused("GHL_REDIS_URL is set and GHL_DATABASE is not: Redis keeps no tokens, name a database beside it.");
  const given = valueOf(env, "GHL_ENCRYPTION_KEY");
  const encryptionKey = given === undefined ? undefined : checkEncryptionKey(given, "GHL_ENCRYPTION_KEY");
  if (database === undefined && encryptionKey === undefined) return undefined;
  return {
    ...(database === undefined ? {} : { database }),
    ...(redis === undefined ? {} : { redis }),
    ...(encryptionKey === undefined ? {} : { encryptionKey }),
  };
}

/** Whether it names a PostgreSQL database. @throws GhlError `invalid_request` for another kind of URL. */
export function isPostgresUrl(database: string): boolean {
  if (/^postgres(ql)?:\/\//.test(database)) return true;
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(database)) return false;
  throw refused("database must be the path of an SQLite file or a postgres:// URL.");
}

function isRedisUrl(url: string): boolean {
  return /^rediss?:\/\//.test(url);
}

function refused(message: string): Error {
  return ghlError("invalid_request", message, {});
}
