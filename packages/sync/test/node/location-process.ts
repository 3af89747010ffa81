import { createLocationWorkers } from "@ghlkit/crm/locations/node";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { createSync, type SyncClient } from "../../src/index.ts";
import { postgres } from "../../src/postgres/index.ts";

// A worker of the test beside it: locations whose lists of contacts have twelve pages of five, a page every 100 ms.
const [connectionString = "", ...locations] = process.argv.slice(2);
const pages = 12;

function locationOf(id: string): ReturnType<SyncClient["location"]> {
  const listed = async function* (resume: string | undefined) {
    for (let page = Number(resume ?? 0); page < pages; page += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      process.send?.(`${id} ${page}`);
      const items = Array.from({ length: 5 }, (_, at) => ({
        id: `${id}-${page}-${at}`,
        firstName: "Ada",
        dateAdded: "2026-01-01T00:00:00Z",
      }));
      yield { items, resume: page + 1 < pages ? String(page + 1) : undefined, total: pages * 5, headers: new Headers() };
    }
  };
  const location = {
    contacts: { search: (_: unknown, { resume }: { readonly resume?: string } = {}) => ({ pages: () => listed(resume) }) },
    with: () => location,
  };
  return location as never;
}

const pool = new Pool({ connectionString, max: 8 });
const boss = new PgBoss({ connectionString, max: 4, superviseIntervalSeconds: 1, monitorIntervalSeconds: 1 });
// The server may end before its last connection.
pool.on("error", () => {});
boss.on("error", () => {});
await boss.start();
const storage = await createPostgresStorage({ pool });
const client = { location: locationOf };
const sync = createSync({ ghl: client, storage, locations, kinds: ["contacts"], into: postgres({ pool }), live: "polling" });
const workers = createLocationWorkers({
  boss,
  journal: storage.journal,
  client,
  name: "sync",
  sliceMs: 1000,
  concurrency: 10,
  work: sync.work,
});
await workers.start();
process.send?.("ready");
