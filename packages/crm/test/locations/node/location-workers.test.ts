import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { startPostgres, type Postgres } from "@ghlkit/test-servers/postgres";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createLocationWorkers, type LocationWorkers } from "../../../src/locations/node/index.ts";

const script = fileURLToPath(new URL("worker-process.ts", import.meta.url));
const children = new Set<ChildProcess>();
let postgres: Postgres;
let pool: Pool;
let boss: PgBoss;
let workers: LocationWorkers<undefined>;

async function startWorker(): Promise<ChildProcess> {
  const child = fork(script, [postgres.connectionString], { execArgv: [] });
  children.add(child);
  await once(child, "message");
  return child;
}

beforeAll(async () => {
  postgres = await startPostgres();
  const { connectionString } = postgres;
  pool = new Pool({ connectionString });
  pool.on("error", () => {});
  await pool.query("create table units (location text, unit int, fence int)");
  boss = new PgBoss({ connectionString, max: 2, supervise: false });
  boss.on("error", () => {});
  await boss.start();
  const client = { location: (id: string) => id };
  const { journal } = await createPostgresStorage({ pool });
  workers = createLocationWorkers({ boss, journal, client, name: "test", sliceMs: 1000, work: () => Promise.resolve({ done: true }) });
}, 300_000);

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await boss.stop({ graceful: false });
  await pool.end();
  await postgres.stop();
}, 300_000);

it(
  "has each location done, though a worker is killed in its middle, and goes on from the cursors that are kept",
  { timeout: 300_000 },
  async () => {
    const locations = Array.from({ length: 8 }, (_, index) => `l${index}`);
    const [first] = await Promise.all([startWorker(), startWorker()]);
    await workers.enqueue("nightly", [...locations, "broken", "l0"]);
    expect(await workers.status("nightly")).toMatchObject({ failed: 0, skipped: 0 });
    // Killed while its locations are in their second slice or later.
    while ((await unitsOf()).length < 12) await new Promise((resolve) => setTimeout(resolve, 50));
    first?.kill("SIGKILL");
    await startWorker();
    await workers.enqueue("nightly", locations);
    let status = await workers.status("nightly");
    while (status.waiting > 0) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      status = await workers.status("nightly");
    }
    expect(status).toMatchObject({ done: 8, failed: 1, skipped: 0, waiting: 0 });
    expect(status.locations.at(-1)).toMatchObject({
      locationId: "broken",
      outcome: "failed",
      error: expect.objectContaining({ message: "always broken" }),
    });
    for (const location of locations) {
      const units = (await unitsOf()).filter((row) => row.location === location);
      expect(new Set(units.map(({ unit }) => unit))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
      // What is repeated was done under a lower fence, by the process that died.
      const byFence = new Set(units.map(({ unit, fence }) => `${unit} ${fence}`));
      expect(byFence.size).toBe(units.length);
    }
  },
);

it("has no status of a run that was not enqueued", async () => {
  await expect(workers.status("missing")).rejects.toThrow(/enqueue it first/);
});

it("refuses names and numbers that cannot be used", async () => {
  const options = {
    boss,
    journal: (await createPostgresStorage({ pool })).journal,
    client: { location: (id: string) => id },
    work: () => Promise.resolve({ done: true } as const),
  };
  expect(() => createLocationWorkers({ ...options, name: "a b" })).toThrow(/letters, digits/);
  expect(() => createLocationWorkers({ ...options, name: "a", sliceMs: 10 })).toThrow(/sliceMs/);
});

async function unitsOf(): Promise<readonly { readonly location: string; readonly unit: number; readonly fence: number }[]> {
  return (await pool.query<{ location: string; unit: number; fence: number }>("select * from units")).rows;
}
