import {
  checkNumber,
  compose,
  detachedListener,
  readBody,
  systemClock,
  transportOf,
  withAttemptTimeout,
  type Clock,
  type Credentials,
  type Layer,
  type Trace,
  type TransportOptions,
} from "@ghlkit/core";
import { createMemoryStorage, type Stores } from "@ghlkit/storage";
import { createCompanyLookup } from "../installation/company-lookup.ts";
import { InstallationChanges } from "../installation/installation-changes.ts";
import { isUninstalled } from "../installation/is-uninstalled.ts";
import { createInstallations, type Installations } from "../installation/installations.ts";
import type { AuthEvent } from "../token/auth-event.ts";
import { DepartureChecks } from "../token/departure-checks.ts";
import { Suspensions } from "../token/suspensions.ts";
import { TokenEvents } from "../token/token-events.ts";
import { createTokenManager, type TokenManager } from "../token/token-manager.ts";
import { resolveApp, type OAuthApp, type OAuthAppOptions } from "../endpoint/oauth-app.ts";
import { oauthCredentials } from "./oauth-credentials.ts";
import { createTokenEndpoint, type TokenEndpoint } from "../endpoint/token-endpoint.ts";

/** Options of {@link oauth}. */
export interface OAuthOptions extends OAuthAppOptions, TransportOptions {
  /**
   * Where pairs, leases, installations and state are kept.
   * @default memory, gone when the process ends
   */
  readonly stores?: Stores;
  /** Layers around auth's own calls, e.g. the same `withRateLimit()` instance as the client's. */
  readonly layers?: readonly Layer[];
  /** Called with refreshes, failures and their recovery. */
  readonly onEvent?: (event: AuthEvent) => void;
  /**
   * Renew a pair once half the life of its access token has passed: a pair that is lost then (`refresh_stuck`) leaves hours to look after
   * it. `false`: only `refreshBeforeMs` before the end. Tokens minted from a company's are always renewed near their end.
   * @default true
   */
  readonly renewAtHalfLife?: boolean;
  /**
   * Ms before the end of an access token at which its renewal is urgent: calls wait for it, and a refresh token whose first use has no
   * known outcome is tried once more. A quarter of the token's life at most.
   * @default 300_000
   */
  readonly refreshBeforeMs?: number;
  /**
   * Ms for which a token is used from memory before the store is asked whether another process removed or replaced it.
   * @default 5_000
   */
  readonly recheckMs?: number;
  /**
   * Ms after which the lease of a process that died or stopped in a refresh ends.
   * @default 15_000
   */
  readonly leaseTtlMs?: number;
  /**
   * Ms one request to the token endpoint may take.
   * @default 30_000
   */
  readonly timeoutMs?: number;
  /** Runs each renewal of a pair, as `token.renew`. @default without a span */
  readonly trace?: Trace;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** Credentials of a marketplace app, and what looks after its tokens and installations. */
export interface OAuth extends Credentials {
  /** Sends a call again, once, when the platform refused its token. Place it outside the rate limit; the client does so by itself. */
  readonly repeat: Layer;
  readonly app: OAuthApp;
  readonly tokens: TokenManager;
  readonly installations: Installations;
  readonly endpoint: TokenEndpoint;
  readonly stores: Stores;
}

/**
 * Credentials of a marketplace app for `createClient({ credentials })`. Its root client has no token: calls are made on
 * `client.location(id)` and `client.company(id)`.
 * @throws GhlError `invalid_request` for options that cannot work.
 */
export function oauth(options: OAuthOptions): OAuth {
  const app = resolveApp(options);
  const { layers = [], timeoutMs = 30_000, clock = systemClock } = options;
  const { stores = createMemoryStorage({ clock }), renewAtHalfLife, refreshBeforeMs, recheckMs, leaseTtlMs } = options;
  checkNumber("oauth", "timeoutMs", options.timeoutMs);
  checkNumber("oauth", "refreshBeforeMs", refreshBeforeMs);
  checkNumber("oauth", "recheckMs", recheckMs);
  checkNumber("oauth", "leaseTtlMs", leaseTtlMs, { least: 1, whole: true });
  const departures = new DepartureChecks();
  const send = compose([...layers, withAttemptTimeout({ clock }), readBody, departures.layer], transportOf(options));
  const endpoint = createTokenEndpoint({ app, send, now: clock.now, timeoutMs });
  const emit = detachedListener(options.onEvent ?? ((): void => {}));
  const tokenEvents = new TokenEvents(emit);
  const suspensions = new Suspensions(tokenEvents.emit);
  const changes = new InstallationChanges(stores.installations);
  const companyOf = createCompanyLookup({ app, store: stores.installations, send, timeoutMs, change: changes.change });
  const tokens = createTokenManager({
    endpoint,
    stores,
    clock,
    companyOf,
    isUninstalled: (principal) => isUninstalled(stores.installations, principal),
    suspensions,
    departures,
    onEvent: tokenEvents.emit,
    ...(options.trace === undefined ? {} : { trace: options.trace }),
    ...(renewAtHalfLife === undefined ? {} : { renewAtHalfLife }),
    ...(refreshBeforeMs === undefined ? {} : { refreshBeforeMs }),
    ...(recheckMs === undefined ? {} : { recheckMs }),
    ...(leaseTtlMs === undefined ? {} : { leaseTtlMs }),
  });
  const installations = createInstallations({ app, stores, changes, tokens, tokenEvents, send, clock, emit, timeoutMs });
  const credentials = oauthCredentials(app.clientId, tokens, suspensions);
  const shown = { clientId: app.clientId, clientSecret: app.clientSecret };
  return Object.freeze({
    ...credentials,
    app,
    tokens,
    installations,
    endpoint,
    stores,
    toJSON: () => shown,
    [Symbol.for("nodejs.util.inspect.custom")]: () => `oauth { clientId: ${app.clientId}, clientSecret: [redacted] }`,
  });
}
