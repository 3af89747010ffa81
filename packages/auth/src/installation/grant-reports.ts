import type { Principal } from "@ghlkit/core";
import type { InstallationParts } from "./installation-parts.ts";

/** Which installations count as expiring. */
export interface ExpiringOptions {
  /**
   * Ms until the end of the refresh token.
   * @default 30 days
   */
  readonly withinMs?: number;
  /**
   * How many to name.
   * @default 100
   */
  readonly limit?: number;
}

/** A token pair whose refresh token ends soon. */
export interface ExpiringPair {
  readonly principal: Principal;
  readonly refreshExpiresAt: number;
}

/** Token pairs whose refresh tokens end soon. */
export interface ExpiringReport {
  readonly total: number;
  /** The first to end, soonest first. */
  readonly soonest: readonly ExpiringPair[];
}

/** Pairs whose refresh token ends soon. */
export async function expiringPairs(parts: InstallationParts, options: ExpiringOptions): Promise<ExpiringReport> {
  const { withinMs = 30 * 86_400_000, limit = 100 } = options;
  let total = 0;
  let soonest: ExpiringPair[] = [];
  const bySoonest = (): ExpiringPair[] => soonest.toSorted((a, b) => a.refreshExpiresAt - b.refreshExpiresAt).slice(0, limit);
  const ending = parts.tokenStore.list({ app: parts.app.clientId, refreshExpiringBefore: parts.clock.now() + withinMs });
  for await (const { principal, refreshExpiresAt } of ending) {
    if (refreshExpiresAt === undefined) continue;
    total += 1;
    soonest.push({ principal, refreshExpiresAt });
    if (soonest.length > 2 * limit + 100) soonest = bySoonest();
  }
  return { total, soonest: bySoonest() };
}

/** An installation and the scopes that it lacks. */
export interface LackingScopes {
  readonly principal: Principal;
  readonly missing: readonly string[];
}

/** Grants without one of the scopes. A minted location token follows its company, which is the one that has to consent. */
export async function* lackingScopes(parts: InstallationParts, scopes: readonly string[]): AsyncGenerator<LackingScopes, void, undefined> {
  for await (const { principal, scopes: granted, extra } of parts.tokenStore.list({ app: parts.app.clientId })) {
    if (extra["minted"] === true) continue;
    const missing = scopes.filter((scope) => !granted.includes(scope));
    if (missing.length > 0) yield { principal, missing };
  }
}
