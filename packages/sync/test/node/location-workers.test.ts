import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createLocationWorkers } from "@ghlkit/crm/locations/node";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { startPostgres, type Postgres } from "@ghlkit/test-servers/postgres";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { afterAll, beforeAll, expect, it } from "vitest";

const script = fileURLToPath(new URL("location-process.ts", import.meta.url));
const locations = Array.from({ length: 6 }, (_, number) => `l${number}`);
const children: ChildProcess[] = [];
const read: string[] = [];
let server: Postgres;
let pool: Pool;
let boss: PgBoss;

beforeAll(async () => {
  server = await startPostgres();
  const { connectionString } = server;
  pool = new Pool({ connectionString });
  pool.on("error", () => {});
  boss = new PgBoss({ connectionString, max: 2, supervise: false });
  boss.on("error", () => {});
  await boss.start();
}, 300_000);

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await boss.stop({ graceful: false });
  await pool.end();
  await server.stop();
}, 300_000);

async function startWorker(): Promise<ChildProcess> {
  const child = fork(script, [server.connectionString, ...locations], { execArgv: [] });
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.once("exit", () => reject(new Error("The worker has ended.")));
    child.on("message", (message) => (message === "ready" ? resolve() : read.push(String(message))));
  });
  return child;
}

it("copies locations by the workers of pg-boss, once, though one of them is killed in the middle", { timeout: 300_000 }, async () => {
  const { journal } = await createPostgresStorage({ pool });
  const client = { location: (id: string) => id };
  const queue = createLocationWorkers({ boss, journal, client, name: "sync", work: () => Promise.resolve({ done: true }) });
  const [first] = await Promise.all([startWorker(), startWorker()]);
  await queue.enqueue("run", locations);
  while (read.length < 20) await new Promise((resolve) => setTimeout(resolve, 20));
  first?.kill("SIGKILL");
  while ((await queue.status("run")).waiting > 0) await new Promise((resolve) => setTimeout(resolve, 100));

  expect(await queue.status("run")).toMatchObject({ done: 6, failed: 0 });
  const { rows } = await pool.query(
    "select location_id, count(*)::int as contacts from ghl.ghl_contacts group by location_id order by location_id",
  );
  expect(rows).toEqual(locations.map((id) => ({ location_id: id, contacts: 60 })));
  // A page of each location that was under way at the kill may be read again, and no more.
  const again = read.length - new Set(read).size;
  expect(again).toBeLessThanOrEqual(locations.length);
  const { rows: scans } = await pool.query("select state from ghl.ghl_sync_state where kind = 'contacts'");
  expect(scans.map(({ state }) => (state as { lastScan?: { created?: number } }).lastScan?.created)).toEqual(locations.map(() => 60));
});
