import type { Principal } from "@ghlkit/core";
import type { InstallationState, StoredInstallation, StoredToken, Stores } from "@ghlkit/storage";

/** What a person or the app has to do for an account. */
export type AccountAction = "reconnect" | "look_after_refresh" | "renew" | "wait_for_install" | "none";

/** A location or company of a marketplace app. Times are ms since epoch. No token is in it. */
export interface Account {
  readonly principal: Principal;
  /** `undefined` where there is a token pair without an installation. */
  readonly state: InstallationState | undefined;
  readonly companyId?: string;
  readonly scopes: readonly string[];
  /** When the app was installed, or its record was made. */
  readonly installedAt?: number;
  /** When the access token was asked for. Pairs are renewed by use, after half a day: it is the last use, to half a day. */
  readonly renewedAt?: number;
  readonly accessEndsAt?: number;
  readonly refreshEndsAt?: number;
  /** The token is minted from its company's: it has no refresh token of its own. */
  readonly isMinted: boolean;
  /** Since when the outcome of a refresh is unknown. */
  readonly stuckSince?: number;
  readonly action: AccountAction;
  /** Why, where there is an action. */
  readonly reason?: string;
}

/** Options of {@link inspectAccounts}. */
export interface InspectAccountsOptions {
  /** Client id. @default all apps of the storage */
  readonly app?: string;
  /** Ms since epoch. */
  readonly now: number;
  /**
   * Ms before the end of a refresh token at which its renewal is due.
   * @default 30 days
   */
  readonly renewWithinMs?: number;
  /**
   * Ms after which a refresh that was begun counts as stuck: longer than the lease of its process.
   * @default 60_000
   */
  readonly stuckAfterMs?: number;
}

const dayMs = 86_400_000;

/**
 * Goes through the installations and token pairs of a storage, page by page, by app, kind and id; what is uninstalled is left out.
 * @throws GhlError `storage`
 */
export async function* inspectAccounts(
  { tokens, installations }: Partial<Pick<Stores, "tokens" | "installations">>,
  options: InspectAccountsOptions,
): AsyncGenerator<Account, void, undefined> {
  const app = options.app === undefined ? {} : { app: options.app };
  const pairs = (tokens?.list(app) ?? nothing<StoredToken>())[Symbol.asyncIterator]();
  const records = (installations?.list(app) ?? nothing<StoredInstallation>())[Symbol.asyncIterator]();
  let [pair, record] = await Promise.all([pairs.next(), records.next()]);
  for (let seen = 0; pair.done !== true || record.done !== true; seen += 1) {
    // An embedded database answers at once: other work has its turn.
    if (seen % 100 === 99) await new Promise((resolve) => setTimeout(resolve));
    const order = orderOf(pair.value?.principal, record.value?.principal);
    const token = order <= 0 ? (pair.value ?? undefined) : undefined;
    const installation = order >= 0 ? (record.value ?? undefined) : undefined;
    if (installation?.state !== "uninstalled") yield accountOf(token, installation, options);
    if (order <= 0) pair = await pairs.next();
    if (order >= 0) record = await records.next();
  }
}

async function* nothing<Item>(): AsyncGenerator<Item, void, undefined> {}

/** Both lists have the order of their stores: by app, kind and id. */
function orderOf(pair: Principal | undefined, record: Principal | undefined): number {
  if (pair === undefined) return 1;
  if (record === undefined) return -1;
  for (const part of ["app", "kind", "resource"] as const) {
    const [one, other] = [pair[part] ?? "", record[part] ?? ""];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

function accountOf(token: StoredToken | undefined, installation: StoredInstallation | undefined, options: InspectAccountsOptions): Account {
  const principal = (token ?? installation)?.principal as Principal;
  const companyId = installation?.companyId ?? token?.companyId;
  const installedAt = installation?.installedAt ?? installation?.createdAt;
  const { now, stuckAfterMs = 60_000 } = options;
  const stuckSince = token?.intent !== undefined && token.intent.at < now - stuckAfterMs ? token.intent.at : undefined;
  return {
    principal,
    state: installation?.state,
    scopes: token?.scopes ?? installation?.facts.scopes ?? [],
    isMinted: token?.extra["minted"] === true,
    ...(companyId !== undefined && { companyId }),
    ...(installedAt !== undefined && { installedAt }),
    ...(token !== undefined && { renewedAt: token.issuedAt ?? token.updatedAt, accessEndsAt: token.expiresAt }),
    ...(token?.refreshExpiresAt !== undefined && { refreshEndsAt: token.refreshExpiresAt }),
    ...(stuckSince !== undefined && { stuckSince }),
    ...actionOf(token, installation, { ...options, stuckSince }),
  };
}

function actionOf(
  token: StoredToken | undefined,
  installation: StoredInstallation | undefined,
  { now, renewWithinMs = 30 * dayMs, stuckSince }: InspectAccountsOptions & { readonly stuckSince: number | undefined },
): Pick<Account, "action" | "reason"> {
  const dead = token?.extra["needsReconnect"];
  if (installation?.state === "needs_reconnect" || dead !== undefined)
    return { action: "reconnect", reason: installation?.reason ?? String(dead ?? "the grant is dead") };
  if (installation?.state === "suspended") return { action: "none", reason: installation.reason ?? "the account is paused" };
  if (stuckSince !== undefined) return { action: "look_after_refresh", reason: "a refresh was begun and has no known outcome" };
  if (installation?.state === "pending") return { action: "wait_for_install", reason: "the code exchange has not come yet" };
  const endsAt = token?.refreshExpiresAt;
  if (token?.refreshToken === undefined || endsAt === undefined || endsAt >= now + renewWithinMs) return { action: "none" };
  if (endsAt <= now) return { action: "reconnect", reason: "the refresh token has ended" };
  return { action: "renew", reason: `the refresh token ends in ${Math.floor((endsAt - now) / dayMs)} days` };
}
