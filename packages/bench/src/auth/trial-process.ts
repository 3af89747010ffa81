import { isGhlError, systemClock, type Clock } from "@ghlkit/core";
import type { Stores, TokenStore } from "@ghlkit/storage";
import { createRedisStorage } from "@ghlkit/storage-redis";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { oauth } from "ghlkit";
import type { TrialOrder, TrialReport } from "./trial-order.ts";

// One process of an app that gets tokens on command, and reports what became of it.
let steppedMs = 0;
const clock: Clock = { ...systemClock, now: () => Date.now() + steppedMs };
const { TRIAL_DB: path = "", TRIAL_REDIS: redis, TRIAL_URL: baseUrl = "" } = process.env;
const { TRIAL_CLIENT_ID: clientId = "", TRIAL_CLIENT_SECRET: clientSecret = "", TRIAL_LEASE_MS: lease, TRIAL_AWAY_MS: away } = process.env;

/** Where the token store is unavailable for so long from the moment a new pair is to be stored, once per resource. */
function unavailableAfterAnswer(tokens: TokenStore, awayMs: number): TokenStore {
  const until = new Map<string, number>();
  const check = (resource: string): void => {
    if ((until.get(resource) ?? 0) > performance.now()) throw new Error("the store is away");
  };
  return {
    ...tokens,
    get: async (principal) => {
      check(principal.resource);
      return tokens.get(principal);
    },
    put: async (record, expected) => {
      const { resource } = record.principal;
      if (!until.has(resource)) until.set(resource, performance.now() + awayMs);
      check(resource);
      return tokens.put(record, expected);
    },
    recordIntent: async (principal, ...rest) => {
      check(principal.resource);
      return tokens.recordIntent(principal, ...rest);
    },
  };
}

const sqlite = createSqliteStorage({ path, clock });
const stores: Stores = {
  ...sqlite,
  ...(redis === undefined ? {} : { leases: createRedisStorage({ url: redis }).leases }),
  ...(away === undefined ? {} : { tokens: unavailableAfterAnswer(sqlite.tokens, Number(away)) }),
};
const auth = oauth({ clientId, clientSecret, baseUrl, stores, clock, recheckMs: 50, leaseTtlMs: Number(lease) });

async function call(location: string): Promise<TrialReport> {
  try {
    await auth.tokens.liveToken({ app: clientId, kind: "location", resource: location });
    return { type: "called", location, outcome: "alive" };
  } catch (error) {
    return { type: "called", location, outcome: isGhlError(error) ? error.code : String(error) };
  }
}

process.on("message", (order: TrialOrder) => {
  if (order.type === "step") steppedMs = order.ms;
  else void call(order.location).then((report) => process.send?.(report));
});
process.send?.({ type: "ready" } satisfies TrialReport);
