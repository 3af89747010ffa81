import { createLocationWorkers } from "@ghlkit/crm/locations/node";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { startPostgres } from "@ghlkit/test-servers/postgres";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { pause, startChild, type Child } from "../crm/child.ts";
import { measure, type Measure } from "../measure.ts";
import type { LocationSyncOrder } from "./location-sync-process.ts";

const locations = Number(process.env["GHLKIT_LOCATIONS"] ?? 300);
const workers = 4;
const pages = Number(process.env["GHLKIT_PAGES"] ?? 120);
const pageSize = 20;
const killEveryMs = 20_000;

/** Locations whose lists answer once a second are copied by four workers on one PostgreSQL, of which one is killed every 20 s. */
export async function locationSyncs(): Promise<readonly Measure[]> {
  const postgres = await startPostgres();
  const { connectionString } = postgres;
  const pool = new Pool({ connectionString, max: 4 });
  pool.on("error", () => {});
  const boss = new PgBoss({ connectionString, max: 2, supervise: false, schedule: false });
  boss.on("error", () => {});
  const ids = Array.from({ length: locations }, (_, index) => `location-${index}`);
  const order: LocationSyncOrder = { connectionString, locations: ids, pages, pageSize };
  const read = new Set<string>();
  let repeated = 0;
  let kills = 0;
  const running: Child[] = [];
  const start = async (): Promise<void> => {
    const ready = Promise.withResolvers<void>();
    const child = startChild("../sync/location-sync-process.ts", order, {
      onMessage: (message) => {
        const { type, location, page } = message as Readonly<Record<string, unknown>>;
        if (type === "ready") ready.resolve();
        if (type !== "call") return;
        const key = `${String(location)} ${String(page)}`;
        if (read.has(key)) repeated += 1;
        read.add(key);
      },
    });
    running.push(child);
    await ready.promise;
  };
  try {
    await boss.start();
    const { journal } = await createPostgresStorage({ pool });
    const client = { location: (id: string) => id };
    const queue = createLocationWorkers({ boss, journal, client, name: "sync", work: () => Promise.resolve({ done: true }) });
    await Promise.all(Array.from({ length: workers }, start));
    const begin = performance.now();
    await queue.enqueue("run", ids);
    let nextKill = begin + killEveryMs;
    while ((await queue.status("run")).waiting > 0) {
      await pause(500);
      if (performance.now() < nextKill) continue;
      nextKill += killEveryMs;
      kills += 1;
      await running.shift()?.kill();
      void start();
    }
    const seconds = (performance.now() - begin) / 1000;
    const { rows } = await pool.query<{ records: number; ids: number }>(
      "select count(*)::int as records, count(distinct id)::int as ids from ghl.ghl_contacts",
    );
    const { rows: scans } = await pool.query<{ created: number }>(
      "select coalesce(sum((state #>> '{lastScan,created}')::int), 0)::int as created from ghl.ghl_sync_state where kind = 'contacts'",
    );
    const wanted = locations * pages * pageSize;
    const label = `${locations} locations, ${workers} workers on PostgreSQL, a page of ${pageSize} once a second each, one worker killed every 20 s`;
    return [
      measure(`${label}: records missing`, wanted - (rows[0]?.ids ?? 0), "", { atMost: 0 }),
      measure(
        `${label}: records doubled, or counted as created twice`,
        (rows[0]?.records ?? 0) - wanted + (scans[0]?.created ?? 0) - wanted,
        "",
        {
          atMost: 0,
        },
      ),
      measure(`${label}: share of ${locations} calls a second`, (read.size / seconds / locations) * 100, "%", { atLeast: 75 }),
      measure(`${label}: pages that were read again`, repeated, ""),
      measure(`${label}: workers killed`, kills, ""),
    ];
  } finally {
    await Promise.all(running.map((child) => child.kill()));
    await boss.stop({ graceful: false });
    await pool.end();
    await postgres.stop();
  }
}
