import { ghlError } from "@ghlkit/core";
import type { LeaseRefusal, LeaseStore } from "@ghlkit/storage";
import { checkKey, checkTtl } from "@ghlkit/storage/engine";
import { nextNumber, type Row, type Sql, type SqliteConnection } from "./sqlite-connection.ts";

/** A lease that would last longer than this was noted before the machine started anew, or by a version that used the wall clock. */
const longestLeaseMs = 600_000;

export interface SqliteLeaseOptions {
  /** A dead holder's lease is taken over that much later, ms. */
  readonly clockToleranceMs: number;
  /** Milliseconds on a clock that is never set and all processes share. */
  readonly steadyNow: () => number;
}

/**
 * Leases in the file, for the processes of one machine. Time is the machine's own steady clock: a wall clock that is wrong or corrected
 * neither ends a lease nor prolongs it.
 */
export function createSqliteLeaseStore(connection: SqliteConnection, options: SqliteLeaseOptions): LeaseStore {
  const { clockToleranceMs } = options;
  const steadyNow = (): number => Math.trunc(options.steadyNow());

  /** Until the lease of a row may be taken. */
  const leftMs = (row: Row | undefined, now: number): number => {
    const left = row === undefined ? 0 : Number(row["expires_at"]) + clockToleranceMs - now;
    return left > longestLeaseMs + clockToleranceMs ? 0 : left;
  };
  const refusal = (row: Row | undefined, now: number): LeaseRefusal => {
    const retryAfterMs = leftMs(row, now);
    return retryAfterMs <= 0 ? { held: false, retryAfterMs: 0 } : { held: false, retryAfterMs, holder: String(row?.["owner"]) };
  };

  return {
    acquire: async (name, { ttlMs, owner }) => {
      checkKey("name", name);
      checkKey("owner", owner);
      checkLease(ttlMs);
      return connection.write((sql) => {
        const now = steadyNow();
        const refused = refusal(find(sql, name), now);
        if (refused.retryAfterMs > 0) return refused;
        const fence = nextNumber(sql, "fence");
        const expiresAt = now + ttlMs;
        sql.run("insert or replace into leases (name, owner, fence, expires_at) values (?, ?, ?, ?)", name, owner, fence, expiresAt);
        return { held: true, fence, expiresAt };
      });
    },
    renew: async (name, { ttlMs, fence }) => {
      checkKey("name", name);
      checkLease(ttlMs);
      return connection.write((sql) => {
        const now = steadyNow();
        const row = find(sql, name);
        if (row?.["fence"] !== fence || Number(row["expires_at"]) <= now) return refusal(row, now);
        const expiresAt = now + ttlMs;
        sql.run("update leases set expires_at = ? where name = ?", expiresAt, name);
        return { held: true, fence, expiresAt };
      });
    },
    release: async (name, { fence }) => {
      checkKey("name", name);
      return connection.write((sql) => {
        const statement = "delete from leases where name = ? and fence = ? and expires_at > ?";
        return { released: sql.run(statement, name, fence, steadyNow()) === 1 };
      });
    },
  };
}

function checkLease(ttlMs: number): void {
  if (checkTtl(ttlMs) > longestLeaseMs)
    throw ghlError("invalid_request", `ttlMs must be at most ${longestLeaseMs}: renew the lease instead.`, {});
}

function find(sql: Sql, name: string): Row | undefined {
  return sql.one("select * from leases where name = ?", name);
}
