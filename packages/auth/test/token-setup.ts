import { fromFetch, type Clock, type Principal } from "@ghlkit/core";
import { createMemoryStorage, type Stores, type TokenRecord, type TokenStore } from "@ghlkit/storage";
import { resolveApp, type OAuthAppOptions } from "../src/endpoint/oauth-app.ts";
import { createTokenEndpoint, type TokenEndpoint } from "../src/endpoint/token-endpoint.ts";
import type { AuthEvent } from "../src/token/auth-event.ts";
import { createTokenManager, type TokenManager, type TokenManagerOptions } from "../src/token/token-manager.ts";
import type { FakePlatform } from "./fake-platform.ts";

export const appOptions: OAuthAppOptions = {
  clientId: "abc123-def",
  clientSecret: "app-secret",
  redirectUri: "https://app.example/callback",
};
export const location: Principal = { app: "abc123-def", kind: "location", resource: "loc1" };
export const company: Principal = { app: "abc123-def", kind: "company", resource: "com1" };

export function endpointOf(platform: FakePlatform, options: Partial<OAuthAppOptions> = {}, now?: () => number): TokenEndpoint {
  return createTokenEndpoint({
    app: resolveApp({ ...appOptions, ...options }),
    send: fromFetch(platform.fetch),
    now: now ?? Date.now,
    timeoutMs: 30_000,
  });
}

export interface TokenSetup {
  readonly manager: TokenManager;
  readonly stores: Stores;
  readonly events: AuthEvent[];
}

export function managerOf(platform: FakePlatform, options: Partial<TokenManagerOptions> & { stores?: Stores } = {}): TokenSetup {
  const stores = options.stores ?? createMemoryStorage();
  const events: AuthEvent[] = [];
  const manager = createTokenManager({
    endpoint: endpointOf(platform, {}, options.clock?.now),
    onEvent: (event) => events.push(event),
    random: () => 0,
    ...options,
    stores,
  });
  return { manager, stores, events };
}

/** Puts a pair of the platform into the store as if it had been installed before; it has `leftMs` to live. */
export async function seed(
  platform: FakePlatform,
  stores: Stores,
  principal: Principal,
  leftMs: number,
  now: number = Date.now(),
): Promise<TokenRecord> {
  const ids =
    principal.kind === "location"
      ? { userType: "Location", locationId: principal.resource }
      : { userType: "Company", companyId: principal.resource };
  const answer = platform.start(ids);
  const record: TokenRecord = {
    principal,
    accessToken: answer["access_token"] as string,
    refreshToken: answer["refresh_token"] as string,
    issuedAt: leftMs > 600_000 ? now : now + leftMs - 86_399_000,
    expiresAt: now + leftMs,
    refreshExpiresAt: now + 365 * 86_400_000,
    scopes: ["contacts.readonly", "contacts.write"],
    userType: principal.kind === "location" ? "Location" : "Company",
    ...(principal.kind === "location" ? { locationId: principal.resource } : { companyId: principal.resource }),
    extra: {},
  };
  await stores.tokens.put(record, { expectedVersion: 0 });
  return record;
}

/** A store that answers slowly. */
export function slow(stores: Stores, ms: () => number): Stores {
  const late = <T extends object>(store: T): T =>
    new Proxy(store, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...input: unknown[]) => unknown;
        if (name === "list" || typeof method !== "function") return method;
        return async (...input: unknown[]) => {
          await new Promise((resolve) => setTimeout(resolve, ms()));
          return method(...input);
        };
      },
    });
  return { ...stores, tokens: late(stores.tokens), leases: late(stores.leases) };
}

/** A token store whose writes of pairs fail as told. */
export function failingPuts(stores: Stores, fails: () => boolean): Stores {
  const tokens: TokenStore = {
    ...stores.tokens,
    put: async (...input) => {
      if (fails()) throw new Error("disk");
      return stores.tokens.put(...input);
    },
  };
  return { ...stores, tokens };
}

/** A clock whose waits pass at once. */
export function hastyClock(start = 1_700_000_000_000): Clock & { shift: (ms: number) => void } {
  let now = start;
  return {
    now: () => now,
    after: (ms, action) => {
      // Renewals and late repeats never come due within a test; short waits pass at once.
      if (ms >= 1_700) return () => {};
      const timer = setImmediate(() => {
        now += ms;
        action();
      });
      return () => clearImmediate(timer);
    },
    shift: (ms) => void (now += ms),
  };
}
