import type { Principal } from "@ghlkit/core";
import type { InstallationStore, StoredInstallation } from "@ghlkit/storage";
import {
  checkPageSize,
  checkPrincipal,
  checkVersion,
  decodeInstallationBody,
  encodeInstallationBody,
  pages,
  statesOf,
} from "@ghlkit/storage/engine";
import { queryPage } from "./page-query.ts";
import type { PostgresConnection, Row } from "./postgres-connection.ts";

const byKey = "app = $1 and kind = $2 and resource = $3";
const insert = `
  insert into $s.installations (app, kind, resource, version, body, company_id, state, created_at, updated_at, state_since)
  select $1, $2, $3, nextval('$s.versions'), $4, $5, $6, time.now, time.now, time.now
  from (select $s.now_ms() as now) as time
  on conflict do nothing returning version`;
const update = `
  update $s.installations set version = nextval('$s.versions'), body = $4, company_id = $5, state = $6, updated_at = time.now,
    state_since = case when state = $6 then state_since else time.now end
  from (select $s.now_ms() as now) as time
  where ${byKey} and version = $7 returning version`;

export function createPostgresInstallationStore(connection: PostgresConnection): InstallationStore {
  const get = async (principal: Principal): Promise<StoredInstallation | undefined> =>
    decode(await connection.one(`select * from $s.installations where ${byKey}`, keyOf(principal)));

  return {
    get,
    put: async (record, { expectedVersion }) => {
      const { principal, companyId = null, state } = record;
      const values = [...keyOf(principal), encodeInstallationBody(record), companyId, state];
      const row =
        checkVersion(expectedVersion) === 0
          ? await connection.one(insert, values)
          : await connection.one(update, [...values, expectedVersion]);
      return row === undefined ? { stored: false, current: await get(principal) } : { stored: true, version: Number(row["version"]) };
    },
    delete: async (principal) => {
      const row = await connection.one(`delete from $s.installations where ${byKey} returning 1`, keyOf(principal));
      return { deleted: row !== undefined };
    },
    list: (query = {}) => {
      const pageSize = checkPageSize(query.pageSize);
      const conditions = [
        ["app = ?", query.app],
        ["kind = ?", query.kind],
        ["company_id = ?", query.companyId],
        ["state = any(?::text[])", statesOf(query)],
      ] as const;
      return pages(pageSize, async (after) => {
        const rows = await queryPage(connection, { table: "installations", conditions, after, pageSize });
        return rows.map((row) => decode(row) as StoredInstallation);
      });
    },
  };
}

function keyOf(principal: Principal): [string, string, string] {
  const { app, kind, resource } = checkPrincipal(principal);
  return [app, kind, resource];
}

function decode(row: Row | undefined): StoredInstallation | undefined {
  if (row === undefined) return undefined;
  return {
    ...decodeInstallationBody(String(row["body"])),
    version: Number(row["version"]),
    createdAt: Number(row["created_at"]),
    updatedAt: Number(row["updated_at"]),
    stateSince: Number(row["state_since"]),
  };
}
