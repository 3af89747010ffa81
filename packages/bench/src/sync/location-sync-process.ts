import { createLocationWorkers } from "@ghlkit/crm/locations/node";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { createSync, type SyncClient } from "@ghlkit/sync";
import { postgres } from "@ghlkit/sync/postgres";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { readOrder } from "../crm/child.ts";

/** A worker that copies locations whose lists answer once a second. */
export interface LocationSyncOrder {
  readonly connectionString: string;
  readonly locations: readonly string[];
  /** Pages of each location, and records of each page. */
  readonly pages: number;
  readonly pageSize: number;
}

const { connectionString, locations, pages, pageSize } = readOrder<LocationSyncOrder>();

/** A list that is asked for once a second: so much a location may, when others share its limit. */
function locationOf(id: string): ReturnType<SyncClient["location"]> {
  const listed = async function* (resume: string | undefined) {
    for (let page = Number(resume ?? 0); page < pages; page += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      process.send?.({ type: "call", location: id, page });
      const items = Array.from({ length: pageSize }, (_, at) => ({
        id: `${id}-${page}-${at}`,
        firstName: `Person ${at}`,
        email: `person${page}.${at}@example.com`,
        dateAdded: "2026-01-01T00:00:00.000Z",
      }));
      yield { items, resume: page + 1 < pages ? String(page + 1) : undefined, total: pages * pageSize, headers: new Headers() };
    }
  };
  // Nothing changes: the list of what was changed is empty.
  const unchanged = async function* () {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    yield { items: [], resume: undefined, total: 0, headers: new Headers() };
  };
  type Search = { readonly body: { readonly filters?: readonly unknown[] } };
  const location = {
    contacts: {
      search: ({ body: { filters } }: Search, { resume }: { readonly resume?: string } = {}) => ({
        pages: () => (filters === undefined ? listed(resume) : unchanged()),
      }),
    },
    with: () => location,
  };
  return location as never;
}

const pool = new Pool({ connectionString, max: 10 });
const boss = new PgBoss({ connectionString, max: 6, superviseIntervalSeconds: 1, monitorIntervalSeconds: 1, schedule: false });
// The server may end before its last connection.
pool.on("error", () => {});
boss.on("error", () => {});
await boss.start();
const storage = await createPostgresStorage({ pool });
const client = { location: locationOf };
const sync = createSync({ ghl: client, storage, locations, kinds: ["contacts"], into: postgres({ pool }), live: "polling" });
const workers = createLocationWorkers({ boss, journal: storage.journal, client, name: "sync", concurrency: 100, work: sync.work });
await workers.start();
process.send?.({ type: "ready" });
