import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { createLocationWorkers } from "../../../src/locations/node/index.ts";

// A worker of the test beside it: each location has six units of work, noted in a table with the fence under which they were done.
const [connectionString = ""] = process.argv.slice(2);
const pool = new Pool({ connectionString, max: 8 });
const boss = new PgBoss({ connectionString, max: 4, superviseIntervalSeconds: 1, monitorIntervalSeconds: 1 });
// The server may end before its last connection.
pool.on("error", () => {});
boss.on("error", () => {});
await boss.start();

const workers = createLocationWorkers<{ readonly id: string }, number>({
  boss,
  journal: (await createPostgresStorage({ pool })).journal,
  client: { location: (id) => ({ id }) },
  name: "test",
  sliceMs: 1000,
  concurrency: 20,
  attempts: 2,
  work: async ({ id }, at) => {
    if (id === "broken") throw new Error("always broken");
    for (let unit = at.cursor ?? 0; unit < 6; unit += 1) {
      if (at.isOver()) return { done: false, cursor: unit };
      await new Promise((resolve) => setTimeout(resolve, 300));
      await pool.query("insert into units (location, unit, fence) values ($1, $2, $3)", [id, unit, at.fence]);
    }
    return { done: true };
  },
});
await workers.start();
process.send?.("ready");
process.once("message", () => {
  void workers
    .stop()
    .then(() => boss.stop({ graceful: false }))
    .then(() => process.exit(0));
});
