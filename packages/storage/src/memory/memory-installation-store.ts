import { systemClock, type Clock } from "@ghlkit/core";
import { checkPageSize, checkPrincipal, checkVersion } from "../engine/check-key.ts";
import { decodeInstallationBody, encodeInstallationBody, statesOf } from "../engine/installation-body.ts";
import { pages } from "../engine/pages.ts";
import type { InstallationQuery, InstallationStore, StoredInstallation } from "../installation-store.ts";
import { MemoryTable, type MemoryRow } from "./memory-table.ts";

interface InstallationRow extends MemoryRow {
  readonly state: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly stateSince: number;
}

/** Installations in the memory of this process. */
export function createMemoryInstallationStore(clock: Pick<Clock, "now"> = systemClock): InstallationStore {
  const table = new MemoryTable<InstallationRow>();
  return {
    get: async (principal) => decode(table.get(checkPrincipal(principal))),
    put: async (record, { expectedVersion }) => {
      const body = encodeInstallationBody(record);
      const principal = checkPrincipal(record.principal);
      const { state } = record;
      const old = table.get(principal);
      const now = clock.now();
      const stateSince = old?.state === state ? old.stateSince : now;
      const createdAt = old?.createdAt ?? now;
      const row = table.write(principal, checkVersion(expectedVersion), (version) => {
        return { principal, version, body, state, createdAt, updatedAt: now, stateSince };
      });
      return row === undefined ? { stored: false, current: decode(old) } : { stored: true, version: row.version };
    },
    delete: async (principal) => ({ deleted: table.delete(checkPrincipal(principal)) }),
    list: (query = {}) => {
      const pageSize = checkPageSize(query.pageSize);
      return pages(pageSize, async (after) => {
        const installations = table.after(after).map((row) => decode(row) as StoredInstallation);
        return installations.filter((installation) => isWanted(installation, query)).slice(0, pageSize);
      });
    },
  };
}

function decode(row: InstallationRow | undefined): StoredInstallation | undefined {
  if (row === undefined) return undefined;
  const { version, createdAt, updatedAt, stateSince } = row;
  return { ...decodeInstallationBody(row.body), version, createdAt, updatedAt, stateSince };
}

function isWanted(installation: StoredInstallation, query: InstallationQuery): boolean {
  const { app, kind, companyId } = query;
  return (
    (app === undefined || installation.principal.app === app) &&
    (kind === undefined || installation.principal.kind === kind) &&
    (companyId === undefined || installation.companyId === companyId) &&
    (statesOf(query)?.includes(installation.state) ?? true)
  );
}
