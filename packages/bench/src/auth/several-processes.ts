import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { measure, type Measure } from "../measure.ts";
import { installApp, tokenRequestsSince } from "./app-on-emulator.ts";

const script = fileURLToPath(new URL("./calling-process.ts", import.meta.url));
const processes = 4;
const callsEach = 50;

/** Four processes that share one SQLite file and find their token expired at the same moment. */
export async function severalProcesses(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-"));
  const path = join(folder, "ghlkit.db");
  const stores = createSqliteStorage({ path });
  try {
    const { emulator, url, locations, close } = await installApp({ locations: 1, by: "location", stores });
    emulator.oauth.expire();
    const before = emulator.oauth.tokenRequests().length;
    const { clientId, clientSecret } = emulator.seed.app;
    const env = {
      ...process.env,
      BENCH_URL: url,
      BENCH_DB: path,
      BENCH_CLIENT_ID: clientId,
      BENCH_CLIENT_SECRET: clientSecret,
      BENCH_LOCATION: locations[0],
      BENCH_CALLS: String(callsEach),
    };
    const failed = await Promise.all(Array.from({ length: processes }, () => failuresOfChild(env)));
    const { refreshes, reused } = tokenRequestsSince(emulator, before);
    await close();
    const label = `${processes} processes x ${callsEach} calls on one SQLite file at expiry`;
    return [
      measure(`${label}: refreshes`, refreshes, "", { atMost: 1 }),
      measure(`${label}: refresh tokens used twice`, reused, "", { atMost: 0 }),
      measure(
        `${label}: calls that fail`,
        failed.reduce((sum, one) => sum + one, 0),
        "",
        { atMost: 0 },
      ),
    ];
  } finally {
    await stores.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function failuresOfChild(env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, [script], { env, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once("close", (code) => resolve(code === 0 ? Number(output) : callsEach)));
}
