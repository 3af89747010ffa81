import { ghlError } from "@ghlkit/core";
import type { StateStore } from "@ghlkit/storage";
import { checkKey, checkTtl } from "@ghlkit/storage/engine";
import type { PostgresConnection } from "./postgres-connection.ts";

// An expired nonce is distinguished from an unknown one for another day.
const remember = `
  with forgotten as (delete from $s.states where expires_at <= $s.now_ms() - 86400000)
  insert into $s.states (nonce, data, expires_at) values ($1, $2, $s.now_ms() + $3) on conflict do nothing returning 1`;
const consume = "update $s.states set used = true where nonce = $1 and not used and expires_at > $s.now_ms() returning data";

export function createPostgresStateStore(connection: PostgresConnection): StateStore {
  return {
    remember: async (nonce, { ttlMs, data = {} }) => {
      const row = await connection.one(remember, [checkKey("nonce", nonce), JSON.stringify(data), checkTtl(ttlMs)]);
      if (row === undefined) throw ghlError("invalid_request", "This nonce is known already: make a new one.", {});
    },
    consume: async (nonce) => {
      const row = await connection.one(consume, [checkKey("nonce", nonce)]);
      if (row !== undefined) return { valid: true, data: JSON.parse(String(row["data"])) as Record<string, unknown> };
      const left = await connection.one("select expires_at <= $s.now_ms() as expired from $s.states where nonce = $1", [nonce]);
      if (left === undefined) return { valid: false, reason: "unknown" };
      return { valid: false, reason: left["expired"] === true ? "expired" : "used" };
    },
  };
}
