import type { LeaseRefusal, LeaseResult, LeaseStore } from "@ghlkit/storage";
import { checkKey, checkTtl } from "@ghlkit/storage/engine";
import type { PostgresConnection, Row } from "./postgres-connection.ts";

// A lease that ended keeps its row, so that the next fence is higher. Times are the database's alone.
const acquire = `
  insert into $s.leases as held (name, owner, fence, expires_at) values ($1, $2, 1, $s.now_ms() + $3)
  on conflict (name) do update set owner = excluded.owner, fence = held.fence + 1, expires_at = $s.now_ms() + $3
    where held.expires_at <= $s.now_ms()
  returning fence, expires_at`;
const renew = `
  update $s.leases set expires_at = $s.now_ms() + $3
  where name = $1 and fence = $2 and expires_at > $s.now_ms() returning fence, expires_at`;
const release = "update $s.leases set expires_at = 0 where name = $1 and fence = $2 and expires_at > $s.now_ms() returning 1";

/** Leases by the database's clock: the clocks of the processes do not matter. */
export function createPostgresLeaseStore(connection: PostgresConnection): LeaseStore {
  const refusal = async (name: string): Promise<LeaseRefusal> => {
    const row = await connection.one("select owner, expires_at - $s.now_ms() as wait from $s.leases where name = $1", [name]);
    const retryAfterMs = Math.max(0, Number(row?.["wait"] ?? 0));
    return retryAfterMs === 0 ? { held: false, retryAfterMs } : { held: false, retryAfterMs, holder: String(row?.["owner"]) };
  };
  const result = async (name: string, row: Row | undefined): Promise<LeaseResult> =>
    row === undefined ? refusal(name) : { held: true, fence: Number(row["fence"]), expiresAt: Number(row["expires_at"]) };

  return {
    acquire: async (name, { ttlMs, owner }) => {
      const values = [checkKey("name", name), checkKey("owner", owner), checkTtl(ttlMs)];
      return result(name, await connection.one(acquire, values));
    },
    renew: async (name, { ttlMs, fence }) => result(name, await connection.one(renew, [checkKey("name", name), fence, checkTtl(ttlMs)])),
    release: async (name, { fence }) => ({ released: (await connection.one(release, [checkKey("name", name), fence])) !== undefined }),
  };
}
