import { oauth, privateIntegration, type OAuth, type OAuthOptions } from "@ghlkit/auth";
import { detachedListener, type BaseUrlOptions, type Clock, type Credentials, type Layer, type TransportOptions } from "@ghlkit/core";
import type { Stores } from "@ghlkit/storage";
import type { GhlTelemetry } from "./telemetry/ghl-telemetry.ts";

/** A marketplace app: what its portal page shows, and the listener of its token events. */
export type GhlApp = Omit<OAuthOptions, "stores" | "fetch" | "transport" | "layers" | "baseUrl" | "allowInsecureHttpForTests" | "clock">;

/** Whom the calls are for: a private integration token and where it was made, a marketplace app, or credentials of your own. */
export type GhlAccess =
  | { readonly token: string; readonly location: string; readonly company?: never; readonly oauth?: never; readonly credentials?: never }
  | { readonly token: string; readonly company: string; readonly location?: never; readonly oauth?: never; readonly credentials?: never }
  | GhlAppAccess
  | {
      readonly credentials: Credentials;
      readonly token?: never;
      readonly location?: never;
      readonly company?: never;
      readonly oauth?: never;
    };

/** Access as a marketplace app. */
export interface GhlAppAccess {
  readonly oauth: GhlApp;
  /** Keeps tokens and installations, and the rate limit. Default: memory, and everybody has to install the app again after a restart. */
  readonly storage?: Stores;
  readonly token?: never;
  readonly location?: never;
  readonly company?: never;
  readonly credentials?: never;
}

/** Where an app's own calls go. */
export interface GhlWay extends BaseUrlOptions, TransportOptions {
  readonly limiter: Layer;
  readonly telemetry: GhlTelemetry | undefined;
  readonly clock: Clock;
  readonly baseUrl?: string | undefined;
}

export interface Accessed {
  readonly credentials: Credentials;
  readonly auth: OAuth | undefined;
}

/** @throws GhlError `invalid_request` for a token, id or app that cannot be one. */
export function accessOf(access: GhlAccess, way: GhlWay): Accessed {
  const { limiter, telemetry, clock, baseUrl, allowInsecureHttpForTests, fetch, transport } = way;
  if (access.oauth !== undefined) {
    const app = oauth({
      ...access.oauth,
      // Its calls for tokens spend from the same buckets as all others.
      layers: telemetry === undefined ? [limiter] : [telemetry.calls, limiter],
      clock,
      ...(telemetry === undefined
        ? {}
        : { trace: access.oauth.trace ?? telemetry.trace, onEvent: both(telemetry.onAuth, access.oauth.onEvent) }),
      ...(access.storage === undefined ? {} : { stores: access.storage }),
      ...(baseUrl === undefined ? {} : { baseUrl }),
      allowInsecureHttpForTests,
      fetch,
      transport,
    });
    return { credentials: app, auth: app };
  }
  if (access.credentials !== undefined) return { credentials: access.credentials, auth: undefined };
  const { token } = access;
  const resource = access.company === undefined ? { location: access.location } : { company: access.company };
  return { credentials: privateIntegration({ token, ...resource }), auth: undefined };
}

/** Each of two listeners gets every event, whatever the other one throws. */
function both<Event>(one: (event: Event) => void, other: ((event: Event) => void) | undefined): (event: Event) => void {
  if (other === undefined) return one;
  const listeners = [detachedListener(one), detachedListener(other)];
  return (event) => {
    for (const listener of listeners) listener(event);
  };
}
