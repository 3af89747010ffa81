import { createIdSource, type IdSource } from "../ids/id-source.ts";
import type { Collection } from "../state/collection.ts";
import type { AppIdentity } from "./app-identity.ts";
import { createAuthorizationCodes, type AuthorizationCodes } from "./authorization-codes.ts";
import { createInstallations, type Installation } from "./installation.ts";
import type { Lifecycle } from "./lifecycle.ts";
import type { ResolvedOAuthOptions } from "./oauth-options.ts";
import { createRefreshTokens, type RefreshTokens } from "./refresh-tokens.ts";
import type { TokenRequest } from "./token-request.ts";

/** The marketplace app as the authorization server knows it. */
export type App = AppIdentity & Omit<ResolvedOAuthOptions["app"], "scopes"> & { readonly scopes: "all" | readonly string[] };

/** What the authorization server remembers. Access tokens are in the token registry. */
export interface OAuthState {
  readonly app: App;
  readonly allScopes: () => readonly string[];
  readonly installations: Collection<Installation>;
  readonly codes: AuthorizationCodes;
  readonly refreshTokens: RefreshTokens;
  /** Ids of suspended locations and companies. */
  readonly suspended: Set<string>;
  readonly tokenRequests: TokenRequest[];
  readonly lifecycle: Lifecycle;
  /** Apart from the ids of records, so that installs do not shift those. */
  readonly ids: IdSource;
}

/** @param allScopes What "all" scopes are: read from the contract when first asked for. */
export function createOAuthState(
  options: ResolvedOAuthOptions & { readonly seed: string },
  seedApp: AppIdentity,
  lifecycle: Lifecycle,
  allScopes: () => readonly string[],
): OAuthState {
  return {
    app: { ...options.app, ...seedApp, scopes: options.app.scopes ?? "all" },
    allScopes,
    installations: createInstallations(),
    codes: createAuthorizationCodes(),
    refreshTokens: createRefreshTokens(options),
    suspended: new Set(),
    tokenRequests: [],
    lifecycle,
    ids: createIdSource(`${options.seed}/oauth`),
  };
}
