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
  /**
   * What a used refresh token gets: `reject`, a refusal; `revoke-family`, a refusal that also ends every token that
   * came of it; `grace`, another pair for `refreshGraceMs` after its use, then a refusal. Default `"reject"`.
   */
  readonly refreshReuse?: "reject" | "revoke-family" | "grace";
  /** Default 60 000. */
  readonly refreshGraceMs?: number;
  /** Life of access tokens. Default 86 399; `expires_in` of minted location tokens is one second more. */
  readonly accessTokenSeconds?: number;
  /** Life of refresh tokens. Default 365 days. */
  readonly refreshTokenSeconds?: number;
  /** Life of authorization codes. Default 600. */
  readonly codeSeconds?: number;
  /** Location tokens minted from a company token come with a refresh token. Default `true`. */
  readonly locationTokenRefresh?: boolean;
  /** `platform`: `{ statusCode, message }`; `rfc6749` adds `error` and `error_description`. Default `"platform"`. */
  readonly tokenErrors?: "platform" | "rfc6749";
  /** `required`: the consent page under `/v2` fails with `noAppVersionIdFound` without `version_id`. Default `"optional"`. */
  readonly consentVersionId?: "optional" | "required";
  /** Text of the 400 for a location token of a location without the app. */
  readonly notInstalledMessage?: string;
  /** Status of calls for a suspended location or company. Default 403. */
  readonly suspendedStatus?: 400 | 401 | 403;
  /** INSTALL events of locations that came later lack `userId` and `companyId`, or not. Default `"sparse"`. */
  readonly futureInstallEvents?: "sparse" | "full";
}

/** Options after defaults. `app.scopes` stays open: "every scope" is known only when the contract has been read. */
export type ResolvedOAuthOptions = Readonly<Required<Omit<OAuthOptions, "app">>> & {
  readonly app: Readonly<Required<Omit<AppOptions, "scopes" | "planId" | "trialDays">>> &
    Pick<AppOptions, "scopes" | "planId" | "trialDays">;
};

/** @throws Error when a redirect URI holds a word of the platform's brand, which its portal refuses. */
export function resolveOAuthOptions(options: OAuthOptions): ResolvedOAuthOptions {
  return {
    app: resolveApp(options.app ?? {}),
    refreshReuse: options.refreshReuse ?? "reject",
    refreshGraceMs: options.refreshGraceMs ?? 60_000,
    accessTokenSeconds: options.accessTokenSeconds ?? 86_399,
    refreshTokenSeconds: options.refreshTokenSeconds ?? 365 * 86_400,
    codeSeconds: options.codeSeconds ?? 600,
    locationTokenRefresh: options.locationTokenRefresh ?? true,
    tokenErrors: options.tokenErrors ?? "platform",
    consentVersionId: options.consentVersionId ?? "optional",
    notInstalledMessage: options.notInstalledMessage ?? "App is not installed on this location",
    suspendedStatus: options.suspendedStatus ?? 403,
    futureInstallEvents: options.futureInstallEvents ?? "sparse",
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
