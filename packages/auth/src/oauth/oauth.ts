import {
  compose,
  detachedListener,
  fetchSend,
  readBody,
  systemClock,
  withAttemptTimeout,
  type Clock,
  type Credentials,
  type FetchLike,
  type Layer,
} from "@ghlkit/core";
import { createMemoryStorage, type Stores } from "@ghlkit/storage";
import { isUninstalled } from "../installation/is-uninstalled.ts";
import { createInstallations, type Installations } from "../installation/installations.ts";
import type { AuthEvent } from "../token/auth-event.ts";
import { Suspensions } from "../token/suspensions.ts";
import { createTokenManager, type TokenManager } from "../token/token-manager.ts";
import { resolveApp, type OAuthApp, type OAuthAppOptions } from "./oauth-app.ts";
import { oauthCredentials } from "./oauth-credentials.ts";
import { createTokenEndpoint, type TokenEndpoint } from "./token-endpoint.ts";

export interface OAuthOptions extends OAuthAppOptions {
  /** Where pairs, leases, installations and state are kept. Default: memory, gone when the process ends. */
  readonly stores?: Stores;
  /** Default: the global fetch. */
  readonly fetch?: FetchLike;
  /** Layers around auth's own calls, e.g. the same `withRateLimit()` instance as the client's. */
  readonly layers?: readonly Layer[];
  /** Hears of refreshes, failures and their recovery. */
  readonly onEvent?: (event: AuthEvent) => void;
  /** Ms before its end at which a token is refreshed. Default 300,000. */
  readonly refreshBeforeMs?: number;
  /** Ms one request to the token endpoint may take. Default 30,000. */
  readonly timeoutMs?: number;
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
  const { stores = createMemoryStorage(), layers = [], timeoutMs = 30_000, clock = systemClock } = options;
  const fetch: FetchLike = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const send = compose([...layers, withAttemptTimeout({ clock }), readBody], fetchSend(fetch));
  const endpoint = createTokenEndpoint({ app, send, now: clock.now, timeoutMs });
  const emit = detachedListener(options.onEvent ?? ((): void => {}));
  const tell = (event: AuthEvent): void => {
    emit(event);
    installations.hear(event);
  };
  const suspensions = new Suspensions(tell);
  const tokens = createTokenManager({
    endpoint,
    stores,
    clock,
    leaseTtlMs: timeoutMs * 1.5,
    companyOf: (location) => installations.companyOf(location),
    isUninstalled: (principal) => isUninstalled(stores.installations, principal),
    suspensions,
    onEvent: tell,
    ...(options.refreshBeforeMs === undefined ? {} : { refreshBeforeMs: options.refreshBeforeMs }),
  });
  const installations = createInstallations({ app, stores, tokens, send, clock, emit, timeoutMs });
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
