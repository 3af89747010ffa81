import { ghlError, isGhlError, isolatesRequests, type Clock, type Principal, type Send } from "@ghlkit/core";
import type { InstallationQuery, InstallationState, StoredInstallation, Stores, TokenRecord } from "@ghlkit/storage";
import type { OAuthApp } from "../endpoint/oauth-app.ts";
import type { AuthEvent } from "../token/auth-event.ts";
import type { TokenEvents } from "../token/token-events.ts";
import type { TokenManager } from "../token/token-manager.ts";
import { applyEvent } from "./apply-event.ts";
import type { Change } from "./change-installation.ts";
import { connectPair } from "./connect-pair.ts";
import { expiringPairs, lackingScopes, type ExpiringOptions, type ExpiringReport, type LackingScopes } from "./grant-reports.ts";
import type { InstallationChanges } from "./installation-changes.ts";
import { companyOf, type InstallationParts } from "./installation-parts.ts";
import type { LifecycleEvent } from "./lifecycle-event.ts";
import { markUninstalled } from "./mark-uninstalled.ts";
import { addListed, reconcile, type ReconcileOptions, type ReconcileReport } from "./reconcile.ts";
import { uninstallApp } from "./uninstall-app.ts";
import { warmLocations, type WarmOptions, type WarmReport } from "./warm-locations.ts";

export interface InstallationsOptions {
  readonly app: OAuthApp;
  readonly changes: InstallationChanges;
  /** Events of the token manager: a grant that died, a resource that is paused or works again. */
  readonly tokenEvents: TokenEvents;
  readonly stores: Pick<Stores, "installations" | "tokens">;
  readonly tokens: TokenManager;
  readonly send: Send;
  readonly clock: Clock;
  readonly emit: (event: AuthEvent) => void;
  readonly timeoutMs: number;
}

/** Where the app is installed, and in what state. */
export interface Installations {
  /**
   * Takes the pair of a code exchange: stores it, makes the installation active and finishes what was parked for it. The
   * locations of a bulk install are active when it resolves, without a token yet: each is minted when first needed, or by
   * `warm`. The platform's list of installed locations is then read in the background; `settled` waits for that.
   */
  readonly connect: (pair: TokenRecord) => Promise<StoredInstallation | undefined>;
  /**
   * Applies INSTALL, UNINSTALL, UPDATE or PLAN_CHANGE. Call it with verified events only: it trusts them. An INSTALL without
   * its company makes every connected company be asked for that location; one that none of them has stays `pending` until
   * its company connects, `reconcile` lists it, or the first call for it asks again.
   */
  readonly apply: (event: LifecycleEvent) => Promise<StoredInstallation | undefined>;
  /** Compares with the platform's list of installed locations: adds what is missing, marks what is gone. */
  readonly reconcile: (companyId: string, options?: ReconcileOptions) => Promise<ReconcileReport>;
  /** Mints the tokens of a company's active locations ahead of their first use. @throws GhlError `aborted`. */
  readonly warm: (companyId: string, options?: WarmOptions) => Promise<WarmReport>;
  /** Uninstalls at the platform, removes the tokens and leaves a tombstone. */
  readonly uninstall: (
    resource: { readonly location: string } | { readonly company: string },
    options: { readonly reason: string },
  ) => Promise<void>;
  readonly get: (principal: Principal) => Promise<StoredInstallation | undefined>;
  readonly list: (query?: Omit<InstallationQuery, "app">) => AsyncIterable<StoredInstallation>;
  /** Calls back after every change this process makes. Returns the end of it. */
  readonly watch: (listener: (installation: StoredInstallation) => void) => () => void;
  /** Pairs whose refresh token ends soon, for an alert. */
  readonly expiring: (options?: ExpiringOptions) => Promise<ExpiringReport>;
  /** Who lacks one of the scopes and has to consent again. Read page by page: thousands are no matter. */
  readonly lackingScopes: (scopes: readonly string[]) => AsyncIterable<LackingScopes>;
  /** Resolves when every event of the token manager is applied and what runs in the background has ended. */
  readonly settled: () => Promise<void>;
}

export function createInstallations(options: InstallationsOptions): Installations {
  const { app, stores, tokens, send, clock, emit, timeoutMs, changes, tokenEvents } = options;
  const store = stores.installations;
  const { change } = changes;
  const background = new Set<Promise<unknown>>();
  let applied: Promise<unknown> = Promise.resolve();
  const parts: InstallationParts = { app, store, tokenStore: stores.tokens, tokens, send, timeoutMs, clock, emit, change };

  function inBackground(work: Promise<unknown>): void {
    background.add(work);
    void work.finally(() => background.delete(work));
  }

  /** What consent and events may have left out: everything the platform lists. Nothing is removed, for the list may lag. */
  async function readList(company: Principal): Promise<void> {
    try {
      const { added } = await addListed(parts, company.resource);
      emit({ type: "reconciled", principal: company, added: added.length });
    } catch (error) {
      emit({ type: "reconcile_failed", principal: company, code: isGhlError(error) ? error.code : "unexpected" });
    }
  }

  async function applyTokenEvent(event: AuthEvent, at: number): Promise<void> {
    const what = changeOf(event, at);
    if (what === undefined || !(await hasPair(event))) return;
    const { before, installation } = await change(event.principal, what);
    if (installation?.state === "active") recovered(before?.state, event);
  }

  /** Events are applied after they happened: an uninstall may have come in between. */
  async function hasPair({ type, principal }: AuthEvent): Promise<boolean> {
    return (type !== "token_refreshed" && type !== "token_minted") || (await stores.tokens.get(principal)) !== undefined;
  }

  /** What failed, perhaps in a process that is gone, works again: every failure that was reported has its recovery. */
  function recovered(from: InstallationState | undefined, { type, principal }: AuthEvent): void {
    if (from === "pending") emit({ type: "installed", principal });
    if (from === "needs_reconnect") emit({ type: "reconnected", principal });
    if (from === "suspended" && type !== "reactivated") emit({ type: "reactivated", principal });
  }

  tokenEvents.listen((event) => {
    const at = clock.now();
    // One after the other, but never after one that may have ended with its request.
    const before = isolatesRequests() ? Promise.resolve() : applied;
    applied = before.then(() => applyTokenEvent(event, at)).catch(() => undefined);
  });

  return {
    connect: async (pair) => {
      const installation = await connectPair(parts, pair);
      if (installation?.facts.isBulk === true) inBackground(readList(pair.principal));
      return installation;
    },
    apply: (event) => applyEvent(parts, event),
    reconcile: (companyId, options = {}) => reconcile(parts, companyId, options),
    warm: (companyId, options = {}) => warmLocations(parts, companyId, options),
    uninstall: async (resource, { reason }) => {
      if (reason.trim() === "") throw ghlError("invalid_request", "The platform wants a reason for an uninstall by the developer.", {});
      const principal: Principal =
        "location" in resource ? { app: app.clientId, kind: "location", resource: resource.location } : companyOf(parts, resource.company);
      const pair = await tokens.liveToken(principal);
      const startedAt = clock.now();
      await uninstallApp({ app, send, principal, reason, timeoutMs, pair });
      // What was consented to after that stays.
      await markUninstalled(parts, principal, { reason, when: (before) => !((before?.installedAt ?? 0) > startedAt) });
    },
    get: store.get,
    list: (query) => store.list({ ...query, app: app.clientId }),
    watch: (listener) => changes.watch(listener),
    expiring: (options = {}) => expiringPairs(parts, options),
    lackingScopes: (scopes) => lackingScopes(parts, scopes),
    settled: async () => {
      await Promise.all(background);
      await applied;
    },
  };
}

/** What an event of the token manager means for the installation. */
function changeOf(event: AuthEvent, at: number): Change | undefined {
  if (event.type === "needs_reconnect") {
    // A consent since then brought a grant of its own.
    const when = (before: StoredInstallation | undefined): boolean => !((before?.installedAt ?? 0) > at);
    return { change: "grant_dead", reason: event.reason, onlyKnown: true, when };
  }
  if (event.type === "suspended") return { change: "paused", reason: event.reason, onlyKnown: true };
  if (event.type === "token_refreshed" || event.type === "token_minted" || event.type === "reactivated")
    return { change: "token", onlyKnown: true, parked: [], only: ["pending", "suspended", "needs_reconnect"] };
  return undefined;
}
