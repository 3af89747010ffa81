import type { World } from "../world.ts";
import { resourceId, type Installation } from "./installation.ts";
import { tokenText } from "./token-text.ts";

/** Tokens on their way to the client that asked. */
export interface IssuedTokens {
  readonly installation: Installation;
  readonly accessToken: string;
  readonly expiresIn: number;
  /** Absent for minted location tokens when a switch says so. */
  readonly refreshToken?: string;
  readonly refreshTokenId: string;
  /** Separated by spaces. */
  readonly scope: string;
}

/** How tokens differ from a fresh pair of an installation. */
export interface IssueOptions {
  /** Continues a family: a refresh. Default: a new one. */
  readonly family?: string;
  readonly scopes?: "all" | readonly string[];
  readonly withRefreshToken?: boolean;
  readonly expiresIn?: number;
}

/** Makes tokens of an installation and lets the registry know. */
export function issueTokens(world: World, installation: Installation, options: IssueOptions = {}): IssuedTokens {
  const { oauth, tokens, clock } = world;
  const { scopes = installation.scopes, family = oauth.ids.object(), withRefreshToken = true } = options;
  const { expiresIn = world.options.accessTokenSeconds } = options;
  const { companyId, locationId } = installation;
  const granted = scopes === "all" ? oauth.allScopes() : scopes;
  const nowMs = clock.now();
  const textOf = (seconds: number): string =>
    tokenText({
      authClass: locationId === undefined ? "Company" : "Location",
      authClassId: resourceId(installation),
      sourceId: oauth.app.clientId,
      scopes: granted,
      jti: oauth.ids.object(),
      iat: Math.floor(nowMs / 1000),
      exp: Math.floor(nowMs / 1000) + seconds,
    });
  const accessToken = textOf(expiresIn);
  tokens.add(accessToken, {
    app: oauth.app.id,
    kind: "oauth",
    level: locationId === undefined ? "company" : "location",
    companyId,
    ...(locationId !== undefined && { locationId }),
    scopes,
    family,
    expiresAtMs: nowMs + expiresIn * 1000,
  });
  const issued = { installation, accessToken, expiresIn, refreshTokenId: oauth.ids.object(), scope: granted.join(" ") };
  if (!withRefreshToken) return issued;
  const refreshToken = textOf(world.options.refreshTokenSeconds);
  const expiresAtMs = nowMs + world.options.refreshTokenSeconds * 1000;
  oauth.refreshTokens.add({ token: refreshToken, family, installationId: installation.id, scopes, expiresAtMs });
  return { ...issued, refreshToken };
}
