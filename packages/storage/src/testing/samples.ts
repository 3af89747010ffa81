import type { Principal } from "@ghlkit/core";
import type { Installation } from "../installation-store.ts";
import type { TokenRecord } from "../token-store.ts";

/** A location of the app `app-a`. */
export function place(resource: string, more: Partial<Principal> = {}): Principal {
  return { app: "app-a", kind: "location", resource, ...more };
}

/** A token pair; `mark` distinguishes it from others. */
export function pair(mark: string, more: Partial<TokenRecord> = {}): TokenRecord {
  return {
    principal: place("loc-1"),
    accessToken: `access-${mark}`,
    refreshToken: `refresh-${mark}`,
    issuedAt: 1_799_913_601_000,
    expiresAt: 1_800_000_000_000,
    scopes: ["contacts.readonly", "contacts.write"],
    userType: "Location",
    companyId: "com-1",
    locationId: "loc-1",
    extra: {},
    ...more,
  };
}

/** An active installation. */
export function installed(resource: string, more: Partial<Installation> = {}): Installation {
  return {
    principal: place(resource),
    companyId: "com-1",
    state: "active",
    facts: { userId: "user-1", scopes: ["contacts.readonly"], isBulk: true },
    parked: [],
    ...more,
  };
}

/** What a store must give back as it was: text that engines stumble over, unknown fields, depth. */
export const difficult: Readonly<Record<string, unknown>> = {
  traceId: "t-1",
  name: "Zoë 🦷 日本語 'quoted' \"double\" back\\slash",
  control: "nul \u0000 tab \t line \n",
  lone: "\ud800",
  nested: { list: [1, 2.5, -0.1, true, null, { deep: [[]] }], empty: {} },
  "key with spaces; drop table": "$1 ?1 :x %s",
  __proto: "kept",
};
