import { startPostgres } from "@ghlkit/test-servers/postgres";
import { createLocationWorkers } from "@ghlkit/crm/locations/node";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { measure, type Measure } from "../measure.ts";
import { pause, startChild, type Child } from "./child.ts";
import type { LocationOrder } from "./location-process.ts";

const locations = 300;
const workers = 4;
const calls = 60;
const killEveryMs = 20_000;

interface Report {
  /** Calls that were made for the first time, per second. */
  readonly rate: number;
  readonly missing: number;
  readonly doubled: number;
  readonly repeated: number;
}

/** 300 locations at one call a second each, on four workers: left alone, and with one killed every 20 s. */
export async function locationsDistribution(): Promise<readonly Measure[]> {
  const alone = await distribute(false);
  const killed = await distribute(true);
  const label = `${locations} locations, ${workers} workers on PostgreSQL, one call a second each`;
  const withKills = `${label}, one worker killed every 20 s`;
  return [
    measure(`${withKills}: locations missing`, killed.missing, "", { atMost: 0 }),
    measure(`${withKills}: locations reported done twice`, killed.doubled, "", { atMost: 0 }),
    measure(`${withKills}: share of ${locations} calls a second`, (killed.rate / locations) * 100, "%", { atLeast: 75 }),
    measure(`${withKills}: calls that were repeated`, killed.repeated, ""),
    measure(`${label}: share of ${locations} calls a second`, (alone.rate / locations) * 100, "%", { atLeast: 90 }),
    measure(`${label}: missing, or done twice`, alone.missing + alone.doubled, "", { atMost: 0 }),
  ];
}

async function distribute(withKills: boolean): Promise<Report> {
  const postgres = await startPostgres();
  const { connectionString } = postgres;
  const pool = new Pool({ connectionString, max: 4 });
  pool.on("error", () => {});
  const boss = new PgBoss({ connectionString, max: 2, supervise: false, schedule: false });
  boss.on("error", () => {});
  const seen = new Set<string>();
  const done: string[] = [];
  let repeated = 0;
  const running: Child[] = [];
  const onMessage = (message: unknown): void => {
    const { type, location, call, locationId } = message as Readonly<Record<string, unknown>>;
    if (type === "done") done.push(String(locationId));
    if (type !== "call") return;
    const key = `${String(location)} ${String(call)}`;
    if (seen.has(key)) repeated += 1;
    seen.add(key);
  };
  const order: LocationOrder = { connectionString, calls };
  const start = async (): Promise<void> => {
    const ready = Promise.withResolvers<void>();
    const child = startChild("location-process.ts", order, {
      onMessage: (message) => {
        if ((message as { readonly type: string }).type === "ready") ready.resolve();
        onMessage(message);
      },
    });
    running.push(child);
    await ready.promise;
  };
  try {
    await boss.start();
    const { journal } = await createPostgresStorage({ pool });
    const client = { location: (id: string) => id };
    const queue = createLocationWorkers({ boss, journal, client, name: "bench", work: () => Promise.resolve({ done: true }) });
    await Promise.all(Array.from({ length: workers }, start));
    const ids = Array.from({ length: locations }, (_, index) => `location-${index}`);
    const begin = performance.now();
    await queue.enqueue("run", ids);
    let nextKill = begin + killEveryMs;
    while (seen.size < locations * calls || (await queue.status("run")).waiting > 0) {
      await pause(250);
      if (!withKills || performance.now() < nextKill) continue;
      nextKill += killEveryMs;
      await running.shift()?.kill();
      void start();
    }
    const seconds = (performance.now() - begin) / 1000;
    const status = await queue.status("run");
    const missing = ids.filter((id) => !status.locations.some((one) => one.locationId === id && one.outcome === "done")).length;
    return { rate: seen.size / seconds, missing, doubled: done.length - new Set(done).size, repeated };
  } finally {
    await Promise.all(running.map((child) => child.kill()));
    await boss.stop({ graceful: false });
    await pool.end();
    await postgres.stop();
  }
}
