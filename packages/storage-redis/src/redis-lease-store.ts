import type { LeaseResult, LeaseStore } from "@ghlkit/storage";
import { checkKey, checkTtl } from "@ghlkit/storage/engine";
import type { leaseScripts } from "./lease-scripts.ts";
import type { RedisScript } from "./redis-script.ts";

/**
 * Leases by Redis's clock. Safe as long as this Redis keeps its data: one that is restarted empty, or fails over to a replica
 * that lags, may grant a lease twice. What must not happen twice belongs in PostgreSQL or SQLite.
 */
export function createRedisLeaseStore(
  scripts: Readonly<Record<keyof typeof leaseScripts, RedisScript>>,
  keyOf: (name: string) => string,
): LeaseStore {
  return {
    acquire: async (name, { ttlMs, owner }) => {
      checkKey("owner", owner);
      return result(await scripts.acquire(keyOf(checkKey("name", name)), checkTtl(ttlMs), owner));
    },
    renew: async (name, { ttlMs, fence }) => result(await scripts.renew(keyOf(checkKey("name", name)), checkTtl(ttlMs), fence)),
    release: async (name, { fence }) => ({ released: (await scripts.release(keyOf(checkKey("name", name)), fence)) === 1 }),
  };
}

function result(answer: unknown): LeaseResult {
  const [held, number, text] = answer as [number, number, string?];
  if (held === 1) return { held: true, fence: number, expiresAt: Number(text) };
  return { held: false, retryAfterMs: number, ...(text === undefined || text === null ? {} : { holder: text }) };
}
