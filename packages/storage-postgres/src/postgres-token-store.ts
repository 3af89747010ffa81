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
import type { PostgresConnection, Row } from "./postgres-connection.ts";

const byKey = "app = $1 and kind = $2 and resource = $3";
const insert = `
  insert into $s.tokens (app, kind, resource, version, updated_at, body, company_id, expires_at, refresh_expires_at)
  values ($1, $2, $3, nextval('$s.versions'), $s.now_ms(), $4, $5, $6, $7)
  on conflict do nothing returning version`;
const update = `
  update $s.tokens set version = nextval('$s.versions'), updated_at = $s.now_ms(), intent = null, intent_at = null,
    body = $4, company_id = $5, expires_at = $6, refresh_expires_at = $7
  where ${byKey} and version = $8 returning version`;
const updateIntent = `
  update $s.tokens set version = nextval('$s.versions'), updated_at = time.now, intent = $4::text,
    intent_at = case when $4::text is null then null else time.now end
  from (select $s.now_ms() as now) as time
  where ${byKey} and version = $5 returning version`;

export function createPostgresTokenStore(connection: PostgresConnection): TokenStore {
  const get = async (principal: Principal): Promise<StoredToken | undefined> =>
    decode(await connection.one(`select * from $s.tokens where ${byKey}`, keyOf(principal)));

  /** One statement decides; what stands there is looked up only for those who come second. */
  const write = async (principal: Principal, sql: string, values: unknown[]): Promise<WriteResult<StoredToken>> => {
    const row = await connection.one(sql, [...keyOf(principal), ...values]);
    return row === undefined ? { stored: false, current: await get(principal) } : { stored: true, version: Number(row["version"]) };
  };

  return {
    get,
    put: async (record, { expectedVersion }) => {
      const { principal, companyId = null, expiresAt, refreshExpiresAt = null } = record;
      const values = [encodeTokenBody(record), companyId, expiresAt, refreshExpiresAt];
      if (checkVersion(expectedVersion) === 0) return write(principal, insert, values);
      return write(principal, update, [...values, expectedVersion]);
    },
    recordIntent: async (principal, intent, { expectedVersion }) =>
      write(principal, updateIntent, [encodeIntent(intent), checkVersion(expectedVersion)]),
    clearIntent: async (principal, { expectedVersion }) => write(principal, updateIntent, [null, checkVersion(expectedVersion)]),
    delete: async (principal, expected) => {
      const version = expected === undefined ? null : checkVersion(expected.expectedVersion);
      const sql = `delete from $s.tokens where ${byKey} and version = coalesce($4, version) returning 1`;
      return { deleted: (await connection.one(sql, [...keyOf(principal), version])) !== undefined };
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
      return pages(pageSize, async (after) => {
        const rows = await queryPage(connection, { table: "tokens", conditions, after, pageSize });
        return rows.map((row) => decode(row) as StoredToken);
      });
    },
  };
}

function keyOf(principal: Principal): [string, string, string] {
  const { app, kind, resource } = checkPrincipal(principal);
  return [app, kind, resource];
}

function decode(row: Row | undefined): StoredToken | undefined {
  if (row === undefined) return undefined;
  const { version, body, intent, intent_at: at, updated_at: updatedAt } = row;
  const noted = typeof intent === "string" ? { intent: decodeIntent(intent, Number(at)) } : {};
  return { ...decodeTokenBody(String(body)), version: Number(version), updatedAt: Number(updatedAt), ...noted };
}
