import type { LeaseRefusal, LeaseStore } from "@ghlkit/storage";
import { checkKey, checkTtl } from "@ghlkit/storage/engine";
import { nextNumber, type Row, type Sql, type SqliteConnection } from "./sqlite-connection.ts";

/**
 * Leases in the file. Every process judges time by its own clock, so a lease is taken over only `clockToleranceMs` after
 * its end: a process whose clock is ahead by that much does not take it from a holder who still counts on it.
 */
export function createSqliteLeaseStore(connection: SqliteConnection, clockToleranceMs: number): LeaseStore {
  const refusal = (row: Row | undefined, now: number): LeaseRefusal => {
    const retryAfterMs = row === undefined ? 0 : Number(row["expires_at"]) + clockToleranceMs - now;
    return retryAfterMs <= 0 ? { held: false, retryAfterMs: 0 } : { held: false, retryAfterMs, holder: String(row?.["owner"]) };
  };

  return {
    acquire: async (name, { ttlMs, owner }) => {
      checkKey("name", name);
      checkKey("owner", owner);
      checkTtl(ttlMs);
      return connection.write((sql) => {
        const now = connection.now();
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
      checkTtl(ttlMs);
      return connection.write((sql) => {
        const now = connection.now();
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
        return { released: sql.run(statement, name, fence, connection.now()) === 1 };
      });
    },
  };
}

function find(sql: Sql, name: string): Row | undefined {
  return sql.one("select * from leases where name = ?", name);
}
