import type { SwitchName, SwitchValues } from "../switches/switch-options.ts";

/** The seeded marketplace app, as its developer would set it up in the portal. */
export interface AppOptions {
  /** Default `"Ledger Sync"`. */
  readonly name?: string;
  /** Who the app is for; with `bulk` it decides which kind of token an install yields. Default `"Sub-account"`. */
  readonly targetUser?: "Agency" | "Sub-account";
  /** Agency users may install a sub-account app on many locations at once. Default `true`, as for every new app. */
  readonly bulk?: boolean;
  /** Whose consent host knows the app; the other one answers "No integration found". Default `"standard"`. */
  readonly brand?: "standard" | "white-label";
  /** Where consent may lead. `http://127.0.0.1` and `http://localhost` without port and path stand for all of theirs, and are the default. */
  readonly redirectUris?: readonly string[];
  /** Scopes the app may ask for. Default: every scope. */
  readonly scopes?: readonly string[];
  /** Plan of a paid app, part of tokens and events. Default: none. */
  readonly planId?: string;
  /** Installs are on trial for so many days: INSTALL says so, and installed locations can be asked for by it. Default: none. */
  readonly trialDays?: number;
}

/** Options of consent, tokens and installations. */
export interface OAuthOptions {
  readonly app?: AppOptions;
  /** Default 60 000. */
  readonly refreshGraceMs?: number;
  /** Life of access tokens. Default 86 399; `expires_in` of minted location tokens is one second more. */
  readonly accessTokenSeconds?: number;
  /** Life of refresh tokens. Default 365 days. */
  readonly refreshTokenSeconds?: number;
  /** Life of authorization codes. Default 600. */
  readonly codeSeconds?: number;
  /** Text of the 400 for a location token of a location without the app. */
  readonly notInstalledMessage?: string;
  /** Status of calls for a suspended location or company. Default 403. */
  readonly suspendedStatus?: 400 | 401 | 403;
}

/** Options after defaults. `app.scopes` stays open: "every scope" is known only when the contract has been read. */
export type ResolvedOAuthOptions = Readonly<Required<Omit<OAuthOptions, "app">>> &
  Pick<SwitchValues, "refreshReuse" | "locationTokenRefresh" | "tokenErrors" | "consentVersionId" | "futureInstallEvents"> & {
    readonly app: Readonly<Required<Omit<AppOptions, "scopes" | "planId" | "trialDays">>> &
      Pick<AppOptions, "scopes" | "planId" | "trialDays">;
  };

/** @throws Error when a redirect URI holds a word of the platform's brand, which its portal refuses. */
export function resolveOAuthOptions(options: OAuthOptions): Omit<ResolvedOAuthOptions, SwitchName> {
  return {
    app: resolveApp(options.app ?? {}),
    refreshGraceMs: options.refreshGraceMs ?? 60_000,
    accessTokenSeconds: options.accessTokenSeconds ?? 86_399,
    refreshTokenSeconds: options.refreshTokenSeconds ?? 365 * 86_400,
    codeSeconds: options.codeSeconds ?? 600,
    notInstalledMessage: options.notInstalledMessage ?? "App is not installed on this location",
    suspendedStatus: options.suspendedStatus ?? 403,
  };
}

function resolveApp(app: AppOptions): ResolvedOAuthOptions["app"] {
  return {
    ...app,
    name: app.name ?? "Ledger Sync",
    targetUser: app.targetUser ?? "Sub-account",
    bulk: app.bulk ?? true,
    brand: app.brand ?? "standard",
    redirectUris: (app.redirectUris ?? ["http://127.0.0.1", "http://localhost"]).map((uri) => withoutBrandWords(uri)),
  };
}

function withoutBrandWords(uri: string): string {
  if (!hasBrandWord(uri)) return uri;
  throw new Error(`The portal refuses the redirect URI ${uri}: it may not contain "ghl", "gohighlevel" or "highlevel".`);
}

/** Whether the portal would refuse a redirect URI for its words. */
export function hasBrandWord(uri: string): boolean {
  return /ghl|highlevel/i.test(uri);
}
