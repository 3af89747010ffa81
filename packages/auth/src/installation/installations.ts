import { ghlError, type Clock, type Principal, type Send } from "@ghlkit/core";
import type { InstallationFacts, InstallationQuery, StoredInstallation, Stores, TokenRecord } from "@ghlkit/storage";
import type { OAuthApp } from "../oauth/oauth-app.ts";
import type { TokenEndpoint } from "../oauth/token-endpoint.ts";
import type { AuthEvent } from "../token/auth-event.ts";
import type { TokenManager } from "../token/token-manager.ts";
import { changeInstallation, type Change } from "./change-installation.ts";
import { installedLocations } from "./installed-locations.ts";
import { isWaiting, principalOfEvent, type LifecycleEvent } from "./lifecycle-event.ts";
import { uninstallApp } from "./uninstall-app.ts";

export interface InstallationsOptions {
  readonly app: OAuthApp;
  readonly stores: Pick<Stores, "installations" | "tokens">;
  readonly tokens: TokenManager;
  readonly endpoint: TokenEndpoint;
  readonly send: Send;
  readonly clock: Clock;
  readonly emit: (event: AuthEvent) => void;
  readonly timeoutMs: number;
}

/** Where the app is installed, and in what state. */
export interface Installations {
  /** Takes the pair of a code exchange: stores it, makes the installation active and finishes what was parked for it. */
  readonly connect: (pair: TokenRecord) => Promise<StoredInstallation | undefined>;
  /** Applies INSTALL, UNINSTALL, UPDATE or PLAN_CHANGE. Call it with verified events only: it trusts them. */
  readonly apply: (event: LifecycleEvent) => Promise<StoredInstallation | undefined>;
  /** Compares with the platform's list of installed locations: adds what is missing, marks what is gone. */
  readonly reconcile: (companyId: string) => Promise<ReconcileReport>;
  /** Uninstalls at the platform, removes the tokens and leaves a tombstone. */
  readonly uninstall: (
    resource: { readonly location: string } | { readonly company: string },
    options: { readonly reason: string },
  ) => Promise<void>;
  readonly get: (principal: Principal) => Promise<StoredInstallation | undefined>;
  readonly list: (query?: Omit<InstallationQuery, "app">) => AsyncIterable<StoredInstallation>;
  /** Calls back after every change this process makes. Returns the end of it. */
  readonly watch: (listener: (installation: StoredInstallation) => void) => () => void;
  /** Pairs whose refresh token ends soon, for an alert. Default: within 30 days. */
  readonly expiring: (options?: { readonly withinMs?: number }) => Promise<readonly ExpiringPair[]>;
  /** Installations that lack one of the scopes: they have to consent again. */
  readonly lackingScopes: (
    scopes: readonly string[],
  ) => Promise<readonly { readonly principal: Principal; readonly missing: readonly string[] }[]>;
  /** Takes what the token manager tells. */
  readonly hear: (event: AuthEvent) => void;
  /** Resolves when everything heard is written. */
  readonly settled: () => Promise<void>;
}

export interface ReconcileReport {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Locations that are installed but could not be given a token. */
  readonly failed: readonly { readonly location: string; readonly error: unknown }[];
}

export interface ExpiringPair {
  readonly principal: Principal;
  readonly refreshExpiresAt: number;
}

export function createInstallations(options: InstallationsOptions): Installations {
  const { app, stores, tokens, send, clock, emit, timeoutMs } = options;
  const store = stores.installations;
  const listeners = new Set<(installation: StoredInstallation) => void>();
  let heard: Promise<unknown> = Promise.resolve();

  async function change(principal: Principal, what: Change): Promise<StoredInstallation | undefined> {
    const { installation, changed } = await changeInstallation(store, principal, what);
    if (installation !== undefined && changed) for (const listener of listeners) listener(installation);
    return installation;
  }

  /** Mints the token of a location; without a company token it stays pending until the code exchange. */
  async function provision(principal: Principal): Promise<void> {
    try {
      await tokens.liveToken(principal);
      await change(principal, { change: "token", parked: [] });
      emit({ type: "installed", principal });
    } catch (error) {
      if (!isWaiting(error)) throw error;
    }
  }

  async function connect(pair: TokenRecord): Promise<StoredInstallation | undefined> {
    const { principal, companyId } = pair;
    await tokens.adopt(pair);
    const facts = factsOf(pair);
    await change(principal, { change: "token", companyId, facts, parked: [], installedAt: clock.now() });
    emit({ type: "installed", principal });
    if (principal.kind === "company") {
      const approved = facts.approvedLocations ?? [];
      for (const resource of approved)
        await change({ app: app.clientId, kind: "location", resource }, { change: "install_event", companyId });
      for await (const waiting of store.list({ app: app.clientId, kind: "location", state: "pending" })) {
        if (waiting.companyId !== undefined && waiting.companyId !== principal.resource) continue;
        if (waiting.companyId === undefined) continue;
        await provision(waiting.principal).catch(() => undefined);
      }
    }
    return store.get(principal);
  }

  async function uninstalled(principal: Principal, reason: string): Promise<StoredInstallation | undefined> {
    const installation = await change(principal, { change: "uninstall", reason, parked: [], uninstalledAt: clock.now() });
    await tokens.forget(principal);
    emit({ type: "uninstalled", principal });
    if (principal.kind !== "company") return installation;
    for await (const { principal: location } of store.list({ app: app.clientId, kind: "location", companyId: principal.resource }))
      await uninstalled(location, reason);
    return installation;
  }

  async function apply(event: LifecycleEvent): Promise<StoredInstallation | undefined> {
    const principal = principalOfEvent(event, app);
    if (principal === undefined) return undefined;
    const { companyId } = event;
    if (event.type === "UNINSTALL") return uninstalled(principal, "The platform told that the app was uninstalled.");
    const facts = eventFacts(event);
    if (event.type !== "INSTALL") return change(principal, { change: undefined, facts });
    const parked = [{ type: event.type, receivedAt: clock.now(), body: event }];
    await change(principal, { change: "install_event", companyId, facts, parked });
    if (principal.kind === "location") await provision(principal);
    return store.get(principal);
  }

  async function reconcile(companyId: string): Promise<ReconcileReport> {
    const company: Principal = { app: app.clientId, kind: "company", resource: companyId };
    const there = new Set<string>();
    const added: string[] = [];
    const removed: string[] = [];
    const failed: { location: string; error: unknown }[] = [];
    for await (const location of installedLocations({ app, send, company, timeoutMs, token: (live) => tokens.liveToken(company, live) })) {
      there.add(location);
      const principal: Principal = { app: app.clientId, kind: "location", resource: location };
      const known = await store.get(principal);
      if (known?.state === "active") continue;
      try {
        await change(principal, { change: "install_event", companyId });
        await tokens.liveToken(principal);
        await change(principal, { change: "token", companyId, parked: [] });
        added.push(location);
        emit({ type: "installed", principal });
      } catch (error) {
        failed.push({ location, error });
      }
    }
    for await (const { principal, state } of store.list({ app: app.clientId, kind: "location", companyId })) {
      if (there.has(principal.resource) || state === "uninstalled" || state === "pending") continue;
      await uninstalled(principal, "It is no longer in the platform's list of installed locations.");
      removed.push(principal.resource);
    }
    return { added, removed, failed };
  }

  function hear(event: AuthEvent): void {
    const what = changeOf(event);
    if (what === undefined) return;
    heard = heard.then(() => change(event.principal, what)).catch(() => undefined);
  }

  return {
    connect,
    apply,
    reconcile,
    uninstall: async (resource, { reason }) => {
      if (reason.trim() === "") throw ghlError("invalid_request", "The platform wants a reason for an uninstall by the developer.", {});
      const [kind, id] = "location" in resource ? (["location", resource.location] as const) : (["company", resource.company] as const);
      const principal: Principal = { app: app.clientId, kind, resource: id };
      await uninstallApp({ app, send, principal, reason, timeoutMs, pair: await tokens.liveToken(principal) });
      await uninstalled(principal, reason);
    },
    get: store.get,
    list: (query) => store.list({ ...query, app: app.clientId }),
    watch: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    expiring: async ({ withinMs = 30 * 86_400_000 } = {}) => {
      const found: ExpiringPair[] = [];
      for await (const { principal, refreshExpiresAt } of stores.tokens.list({
        app: app.clientId,
        refreshExpiringBefore: clock.now() + withinMs,
      }))
        if (refreshExpiresAt !== undefined) found.push({ principal, refreshExpiresAt });
      return found.toSorted((a, b) => a.refreshExpiresAt - b.refreshExpiresAt);
    },
    lackingScopes: async (scopes) => {
      const lacking: { principal: Principal; missing: readonly string[] }[] = [];
      for await (const { principal, scopes: granted } of stores.tokens.list({ app: app.clientId })) {
        const missing = scopes.filter((scope) => !granted.includes(scope));
        if (missing.length > 0) lacking.push({ principal, missing });
      }
      return lacking;
    },
    hear,
    settled: async () => void (await heard),
  };
}

/** What an event of the token manager means for the installation. */
function changeOf(event: AuthEvent): Change | undefined {
  if (event.type === "needs_reconnect") return { change: "grant_dead", reason: event.reason, onlyKnown: true };
  if (event.type === "suspended") return { change: "paused", reason: event.reason, onlyKnown: true };
  if (event.type === "token_refreshed" || event.type === "token_minted" || event.type === "reactivated")
    return { change: "token", onlyKnown: true, only: ["pending", "suspended", "needs_reconnect"] };
  return undefined;
}

function factsOf({ scopes, extra }: TokenRecord): InstallationFacts {
  const { isBulkInstallation, refreshTokenId: _id, traceId: _trace, ...rest } = extra;
  return { ...rest, scopes, ...(typeof isBulkInstallation === "boolean" ? { isBulk: isBulkInstallation } : {}) };
}

function eventFacts(event: LifecycleEvent): InstallationFacts {
  const {
    type: _type,
    appId: _app,
    locationId: _location,
    companyId: _company,
    timestamp: _at,
    webhookId: _id,
    newPlanId,
    ...facts
  } = event;
  return { ...facts, ...(typeof newPlanId === "string" ? { planId: newPlanId } : {}) };
}
