import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Stores } from "@ghlkit/storage";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { startPostgres } from "@ghlkit/test-servers/postgres";
import { measure, type Measure } from "../measure.ts";
import { installApp, tokenRequestsSince } from "./app-on-emulator.ts";
import { officialInstances } from "./official-races.ts";
import { against } from "./token-races.ts";

const script = fileURLToPath(new URL("./calling-process.ts", import.meta.url));
const processes = 4;
const callsEach = 50;

/** Four processes that share one store and find their token expired at the same moment. */
export async function severalProcesses(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-"));
  const postgres = await startPostgres();
  const path = join(folder, "ghlkit.db");
  const { connectionString } = postgres;
  // The official client has no store that processes share but one for MongoDB: its instances share memory here.
  const official = await officialInstances(processes, callsEach);
  try {
    return [
      ...(await onOneStore("sqlite", path, createSqliteStorage({ path }), official)),
      ...(await onOneStore("postgres", connectionString, await createPostgresStorage({ connectionString }), official)),
    ];
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

type Official = Awaited<ReturnType<typeof officialInstances>>;

async function onOneStore(engine: "sqlite" | "postgres", at: string, stores: Stores, official: Official): Promise<readonly Measure[]> {
  const { emulator, url, locations, close } = await installApp({ locations: 1, by: "location", stores });
  emulator.oauth.expire();
  const before = emulator.oauth.tokenRequests().length;
  const { clientId, clientSecret } = emulator.seed.app;
  const env = {
    ...process.env,
    BENCH_URL: url,
    BENCH_ENGINE: engine,
    BENCH_DB: at,
    BENCH_CLIENT_ID: clientId,
    BENCH_CLIENT_SECRET: clientSecret,
    BENCH_LOCATION: locations[0],
    BENCH_CALLS: String(callsEach),
  };
  const failures = await Promise.all(Array.from({ length: processes }, () => failuresOfChild(env)));
  const failed = failures.reduce((sum, one) => sum + one, 0);
  const { refreshes, reused } = tokenRequestsSince(emulator, before);
  await close();
  await stores.close();
  const label = `${processes} processes x ${callsEach} calls on one ${engine === "sqlite" ? "SQLite file" : "PostgreSQL"} at expiry`;
  return [
    measure(`${label}: refreshes`, refreshes, "", { atMost: 1 }, against(official.refreshes)),
    measure(`${label}: refresh tokens used twice`, reused, "", { atMost: 0 }, against(official.reused)),
    measure(`${label}: calls that fail, of ${processes * callsEach}`, failed, "", { atMost: 0 }, against(official.failed)),
  ];
}

function failuresOfChild(env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, [script], { env, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once("close", (code) => resolve(code === 0 ? Number(output) : callsEach)));
}
