import type { Principal } from "@ghlkit/core";
import type { StoredToken, TokenStore, WriteResult } from "@ghlkit/storage";
import {
  checkPageSize,
  checkPrincipal,
  checkVersion,
  decodeIntent,
  decodeTokenBody,
  encodeIntent,
  encodeTokenBody,
  pages,
} from "@ghlkit/storage/engine";
import { queryPage } from "./page-query.ts";
import { nextNumber, type Row, type Sql, type SqliteConnection } from "./sqlite-connection.ts";

const byKey = "app = ? and kind = ? and resource = ?";

export function createSqliteTokenStore(connection: SqliteConnection): TokenStore {
  const writeIntent = (principal: Principal, intent: string | null, expectedVersion: number): Promise<WriteResult<StoredToken>> =>
    connection.write((sql) => {
      const key = keyOf(principal);
      const row = find(sql, key);
      if (row === undefined || row["version"] !== expectedVersion) return { stored: false, current: decode(row) };
      const version = nextNumber(sql, "version");
      const now = connection.now();
      const at = intent === null ? null : now;
      sql.run(`update tokens set version = ?, intent = ?, intent_at = ?, updated_at = ? where ${byKey}`, version, intent, at, now, ...key);
      return { stored: true, version };
    });

  return {
    get: async (principal) => {
      const key = keyOf(principal);
      return connection.read((sql) => decode(find(sql, key)));
    },
    put: async (record, { expectedVersion }) => {
      const body = encodeTokenBody(record);
      const { principal, companyId = null, expiresAt, refreshExpiresAt = null } = record;
      const key = keyOf(principal);
      checkVersion(expectedVersion);
      return connection.write((sql) => {
        const row = find(sql, key);
        if (Number(row?.["version"] ?? 0) !== expectedVersion) return { stored: false, current: decode(row) };
        const version = nextNumber(sql, "version");
        sql.run(
          `insert or replace into tokens (app, kind, resource, version, body, updated_at, company_id, expires_at, refresh_expires_at)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...key,
          version,
          body,
          connection.now(),
          companyId,
          expiresAt,
          refreshExpiresAt,
        );
        return { stored: true, version };
      });
    },
    recordIntent: async (principal, intent, { expectedVersion }) =>
      writeIntent(checkPrincipal(principal), encodeIntent(intent), checkVersion(expectedVersion)),
    clearIntent: async (principal, { expectedVersion }) => writeIntent(checkPrincipal(principal), null, checkVersion(expectedVersion)),
    delete: async (principal, expected) => {
      const key = keyOf(principal);
      const version = expected === undefined ? null : checkVersion(expected.expectedVersion);
      const deleted = await connection.write(
        (sql) => sql.run(`delete from tokens where ${byKey} and version = coalesce(?, version)`, ...key, version) === 1,
      );
      if (deleted) await connection.scrub();
      return { deleted };
    },
    list: (query = {}) => {
      const pageSize = checkPageSize(query.pageSize);
      const conditions = [
        ["app = ?", query.app],
        ["kind = ?", query.kind],
        ["company_id = ?", query.companyId],
        ["expires_at < ?", query.expiringBefore],
        ["refresh_expires_at < ?", query.refreshExpiringBefore],
      ] as const;
      return pages(pageSize, (after) =>
        connection.read((sql) => queryPage(sql, { table: "tokens", conditions, after, pageSize }).map((row) => decode(row) as StoredToken)),
      );
    },
  };
}

type Key = readonly [string, string, string];

function keyOf(principal: Principal): Key {
  const { app, kind, resource } = checkPrincipal(principal);
  return [app, kind, resource];
}

function find(sql: Sql, key: Key): Row | undefined {
  return sql.one(`select * from tokens where ${byKey}`, ...key);
}

function decode(row: Row | undefined): StoredToken | undefined {
  if (row === undefined) return undefined;
  const { version, body, intent, intent_at: at, updated_at: updatedAt } = row;
  const noted = typeof intent === "string" ? { intent: decodeIntent(intent, Number(at)) } : {};
  return { ...decodeTokenBody(String(body)), version: Number(version), updatedAt: Number(updatedAt), ...noted };
}
