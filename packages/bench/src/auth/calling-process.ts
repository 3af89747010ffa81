import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createGhl, oauth } from "ghlkit";
import { failuresOf } from "./calls.ts";

/** One process of several: makes its calls and prints how many failed. */
const {
  BENCH_URL: baseUrl = "",
  BENCH_ENGINE: engine,
  BENCH_DB: at = "",
  BENCH_CLIENT_ID: clientId = "",
  BENCH_CLIENT_SECRET: clientSecret = "",
  BENCH_LOCATION: location = "",
  BENCH_CALLS: calls,
} = process.env;
const stores =
  engine === "postgres" ? await createPostgresStorage({ connectionString: at, maxConnections: 4 }) : createSqliteStorage({ path: at });
const ghl = createGhl({
  credentials: oauth({ clientId, clientSecret, baseUrl, stores }),
  baseUrl,
  limits: { limit: 1_000_000 },
  cacheMs: false,
});
console.log(await failuresOf(ghl, location, Number(calls), 0));
await ghl.close();
await stores.close();
