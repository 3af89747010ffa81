import { systemClock, type Clock } from "@ghlkit/core";
import { checkPageSize, checkPrincipal, checkVersion } from "../engine/check-key.ts";
import { pages } from "../engine/pages.ts";
import { decodeIntent, decodeTokenBody, encodeIntent, encodeTokenBody } from "../engine/token-body.ts";
import type { StoredToken, TokenQuery, TokenStore } from "../token-store.ts";
import type { WriteResult } from "../write-result.ts";
import { MemoryTable, type MemoryRow } from "./memory-table.ts";

interface TokenRow extends MemoryRow {
  readonly intent: { readonly text: string; readonly at: number } | undefined;
  readonly updatedAt: number;
}

/** Token pairs in the memory of this process: for tests, and for scripts that write no file. */
export function createMemoryTokenStore(clock: Pick<Clock, "now"> = systemClock): TokenStore {
  const table = new MemoryTable<TokenRow>();

  const result = (key: Parameters<TokenStore["get"]>[0], row: TokenRow | undefined): WriteResult<StoredToken> =>
    row === undefined ? { stored: false, current: decode(table.get(key)) } : { stored: true, version: row.version };

  const writeIntent = (
    principal: Parameters<TokenStore["get"]>[0],
    intent: TokenRow["intent"],
    expectedVersion: number,
  ): WriteResult<StoredToken> => {
    const key = checkPrincipal(principal);
    const old = table.get(key);
    if (checkVersion(expectedVersion) === 0 || old === undefined) return { stored: false, current: decode(old) };
    return result(
      key,
      table.write(key, expectedVersion, (version) => ({ ...old, version, intent, updatedAt: clock.now() })),
    );
  };

  return {
    get: async (principal) => decode(table.get(checkPrincipal(principal))),
    put: async (record, { expectedVersion }) => {
      const body = encodeTokenBody(record);
      const principal = checkPrincipal(record.principal);
      const updatedAt = clock.now();
      return result(
        principal,
        table.write(principal, checkVersion(expectedVersion), (version) => ({ principal, version, body, intent: undefined, updatedAt })),
      );
    },
    recordIntent: async (principal, intent, { expectedVersion }) =>
      writeIntent(principal, { text: encodeIntent(intent), at: clock.now() }, expectedVersion),
    clearIntent: async (principal, { expectedVersion }) => writeIntent(principal, undefined, expectedVersion),
    delete: async (principal, expected) => {
      const key = checkPrincipal(principal);
      if (expected !== undefined && table.get(key)?.version !== checkVersion(expected.expectedVersion)) return { deleted: false };
      return { deleted: table.delete(key) };
    },
    list: (query = {}) => {
      const pageSize = checkPageSize(query.pageSize);
      return pages(pageSize, async (after) => {
        const tokens = table.after(after).map((row) => decode(row) as StoredToken);
        return tokens.filter((token) => isWanted(token, query)).slice(0, pageSize);
      });
    },
  };
}

function decode(row: TokenRow | undefined): StoredToken | undefined {
  if (row === undefined) return undefined;
  const { version, updatedAt, intent } = row;
  const noted = intent === undefined ? {} : { intent: decodeIntent(intent.text, intent.at) };
  return { ...decodeTokenBody(row.body), version, updatedAt, ...noted };
}

function isWanted(token: StoredToken, query: TokenQuery): boolean {
  const { app, kind, companyId, expiringBefore, refreshExpiringBefore } = query;
  return (
    (app === undefined || token.principal.app === app) &&
    (kind === undefined || token.principal.kind === kind) &&
    (companyId === undefined || token.companyId === companyId) &&
    (expiringBefore === undefined || token.expiresAt < expiringBefore) &&
    (refreshExpiringBefore === undefined || (token.refreshExpiresAt ?? Infinity) < refreshExpiringBefore)
  );
}
