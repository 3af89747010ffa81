import type { ResolvedOAuthOptions } from "./oauth-options.ts";

/** A refresh token and what it renews. */
export interface RefreshGrant {
  readonly token: string;
  /** Shared by all tokens that descend from one consent or mint. */
  readonly family: string;
  readonly installationId: string;
  readonly scopes: "all" | readonly string[];
  readonly expiresAtMs: number;
  readonly usedAtMs?: number;
}

/** What a refresh token is worth. */
export type RefreshVerdict =
  | { readonly outcome: "usable" | "grace" | "reused"; readonly grant: RefreshGrant }
  | { readonly outcome: "unknown" | "expired" };

/** Refresh tokens: each can be used once. */
export interface RefreshTokens {
  readonly add: (grant: RefreshGrant) => void;
  readonly judge: (token: string, nowMs: number) => RefreshVerdict;
  readonly use: (token: string, nowMs: number) => void;
  /** Ends the tokens that match. */
  readonly end: (matches: (grant: RefreshGrant) => boolean) => void;
  /** Those of an installation that could still be used. */
  readonly live: (installationId: string, nowMs: number) => readonly RefreshGrant[];
}

export function createRefreshTokens({
  refreshReuse,
  refreshGraceMs,
}: Pick<ResolvedOAuthOptions, "refreshReuse" | "refreshGraceMs">): RefreshTokens {
  const grants = new Map<string, RefreshGrant>();
  return {
    add: (grant) => void grants.set(grant.token, grant),
    judge(token, nowMs) {
      const grant = grants.get(token);
      if (grant === undefined) return { outcome: "unknown" };
      if (nowMs >= grant.expiresAtMs) return { outcome: "expired" };
      if (grant.usedAtMs === undefined) return { outcome: "usable", grant };
      const inGrace = refreshReuse === "grace" && nowMs < grant.usedAtMs + refreshGraceMs;
      return { outcome: inGrace ? "grace" : "reused", grant };
    },
    use(token, nowMs) {
      const grant = grants.get(token);
      if (grant !== undefined && grant.usedAtMs === undefined) grants.set(token, { ...grant, usedAtMs: nowMs });
    },
    end(matches) {
      for (const grant of grants.values()) if (matches(grant)) grants.delete(grant.token);
    },
    live: (installationId, nowMs) =>
      [...grants.values()].filter(
        (grant) => grant.installationId === installationId && grant.usedAtMs === undefined && nowMs < grant.expiresAtMs,
      ),
  };
}
