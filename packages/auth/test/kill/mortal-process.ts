import { setTimeout as wait } from "node:timers/promises";
import type { Stores, TokenStore } from "@ghlkit/storage";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { oauth } from "../../src/index.ts";
import { callerOf } from "../caller.ts";
import type { MortalOrder } from "./mortal.ts";

// A process of an app that makes one call with an expired token, tells where it is, and is killed there.
const holdMs = 6;

async function openStores({ engine, at, schema }: MortalOrder): Promise<Stores> {
  if (engine === "sqlite") return createSqliteStorage({ path: at });
  return createPostgresStorage({ connectionString: at, schema, maxConnections: 2 });
}

/** Tells when the platform has answered and when the pair is stored, and goes on a few milliseconds later. */
function telling(tokens: TokenStore): TokenStore {
  return {
    ...tokens,
    put: async (...input) => {
      process.send?.("answered");
      await wait(Math.random() * holdMs);
      const result = await tokens.put(...input);
      process.send?.("written");
      await wait(Math.random() * holdMs);
      return result;
    },
  };
}

process.once("message", (order: MortalOrder) => void live(order));
process.send?.("ready");

async function live(order: MortalOrder): Promise<void> {
  const stores = await openStores(order);
  const { clientId, clientSecret, baseUrl, location, leaseTtlMs } = order;
  const credentials = oauth({ clientId, clientSecret, baseUrl, leaseTtlMs, stores: { ...stores, tokens: telling(stores.tokens) } });
  const call = callerOf({ credentials, fetch: globalThis.fetch, baseUrl });
  await call({ kind: "location", resource: location }, "locations.get");
  process.send?.("used");
}
