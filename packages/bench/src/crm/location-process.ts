import { createLocationWorkers } from "@ghlkit/crm/locations/node";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { readOrder } from "./child.ts";

/** A worker whose job is one call a second for each location. */
export interface LocationOrder {
  readonly connectionString: string;
  readonly calls: number;
}

const { connectionString, calls } = readOrder<LocationOrder>();
const pool = new Pool({ connectionString, max: 10 });
const boss = new PgBoss({ connectionString, max: 6, superviseIntervalSeconds: 1, monitorIntervalSeconds: 1, schedule: false });
// The server may end before its last connection.
pool.on("error", () => {});
boss.on("error", () => {});
await boss.start();
const { journal } = await createPostgresStorage({ pool });
const workers = createLocationWorkers<string, number>({
  boss,
  journal,
  client: { location: (id) => id },
  name: "bench",
  concurrency: 100,
  onEvent: (event) => process.send?.(event),
  work: async (location, at) => {
    for (let call = at.cursor ?? 0; call < calls; call += 1) {
      if (at.isOver()) return { done: false, cursor: call };
      await new Promise((resolve) => setTimeout(resolve, 1000));
      process.send?.({ type: "call", location, call });
    }
    return { done: true };
  },
});
await workers.start();
process.send?.({ type: "ready" });
