import { ghlError } from "@ghlkit/core";
import type { StateStore } from "@ghlkit/storage";
import { checkKey, checkTtl } from "@ghlkit/storage/engine";
import type { SqliteConnection } from "./sqlite-connection.ts";

/** An expired nonce is distinguished from an unknown one for another day. */
const forgetAfterMs = 86_400_000;

export function createSqliteStateStore(connection: SqliteConnection): StateStore {
  return {
    remember: async (nonce, { ttlMs, data = {} }) => {
      checkKey("nonce", nonce);
      checkTtl(ttlMs);
      await connection.write((sql) => {
        const now = connection.now();
        const insert = "insert into states (nonce, data, expires_at) values (?, ?, ?) on conflict do nothing";
        if (sql.run(insert, nonce, JSON.stringify(data), now + ttlMs) === 0)
          throw ghlError("invalid_request", "This nonce is known already: make a new one.", {});
        sql.run("delete from states where expires_at <= ?", now - forgetAfterMs);
      });
    },
    consume: async (nonce) => {
      checkKey("nonce", nonce);
      return connection.write((sql) => {
        const row = sql.one("select data, expires_at, used from states where nonce = ?", nonce);
        if (row === undefined) return { valid: false, reason: "unknown" };
        if (Number(row["expires_at"]) <= connection.now()) return { valid: false, reason: "expired" };
        if (row["used"] === 1) return { valid: false, reason: "used" };
        sql.run("update states set used = 1 where nonce = ?", nonce);
        return { valid: true, data: JSON.parse(String(row["data"])) as Record<string, unknown> };
      });
    },
  };
}
