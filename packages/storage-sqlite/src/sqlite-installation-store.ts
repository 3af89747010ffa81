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
import { nextNumber, type Row, type Sql, type SqliteConnection } from "./sqlite-connection.ts";

const byKey = "app = ? and kind = ? and resource = ?";

export function createSqliteInstallationStore(connection: SqliteConnection): InstallationStore {
  return {
    get: async (principal) => {
      const key = keyOf(principal);
      return connection.read((sql) => decode(find(sql, key)));
    },
    put: async (record, { expectedVersion }) => {
      const body = encodeInstallationBody(record);
      const { principal, companyId = null, state } = record;
      const key = keyOf(principal);
      checkVersion(expectedVersion);
      return connection.write((sql) => {
        const row = find(sql, key);
        if (Number(row?.["version"] ?? 0) !== expectedVersion) return { stored: false, current: decode(row) };
        const version = nextNumber(sql, "version");
        const now = connection.now();
        const createdAt = Number(row?.["created_at"] ?? now);
        const stateSince = row?.["state"] === state ? Number(row["state_since"]) : now;
        sql.run(
          `insert or replace into installations
             (app, kind, resource, version, body, company_id, state, created_at, updated_at, state_since)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...key,
          version,
          body,
          companyId,
          state,
          createdAt,
          now,
          stateSince,
        );
        return { stored: true, version };
      });
    },
    delete: async (principal) => {
      const key = keyOf(principal);
      return connection.write((sql) => ({ deleted: sql.run(`delete from installations where ${byKey}`, ...key) === 1 }));
    },
    list: (query = {}) => {
      const pageSize = checkPageSize(query.pageSize);
      const states = statesOf(query);
      const conditions = [
        ["app = ?", query.app],
        ["kind = ?", query.kind],
        ["company_id = ?", query.companyId],
        ["state in (select value from json_each(?))", states === undefined ? undefined : JSON.stringify(states)],
      ] as const;
      return pages(pageSize, (after) =>
        connection.read((sql) =>
          queryPage(sql, { table: "installations", conditions, after, pageSize }).map((row) => decode(row) as StoredInstallation),
        ),
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
  return sql.one(`select * from installations where ${byKey}`, ...key);
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
