import { createManualClock, runOnClock } from "@ghlkit/core/testing";
import { bulk } from "@ghlkit/crm/bulk";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createGhl } from "ghlkit";
import { readOrder } from "./child.ts";

/** An import whose platform answers at once, with a daily limit. */
export interface MemoryOrder {
  readonly rows: number;
  readonly database: string;
  readonly daily: number;
}

const { rows, database, daily } = readOrder<MemoryOrder>();
const clock = createManualClock();
const storage = createSqliteStorage({ path: database });
const body = JSON.stringify({ new: true, succeded: true, contact: { id: "c", locationId: "location", email: "lead@example.com" } });
const headers = new Headers({ "content-type": "application/json" });
const bytes = new TextEncoder().encode(body).buffer;
// As small as what the fast transport gives.
const transport = () =>
  Promise.resolve({ status: 201, ok: true, headers, text: () => Promise.resolve(body), arrayBuffer: () => Promise.resolve(bytes) });
const limits = { limit: 10_000, daily: { limit: daily, whenUsedUp: "wait" } } as const;
const ghl = createGhl({ token: "pit-00000000-0000-4000-8000-000000000000", location: "location", transport, clock, limits });

function* leads(): Iterable<{ readonly email: string }> {
  for (let row = 0; row < rows; row += 1) yield { email: `lead${row}@example.com` };
}

const run = bulk(ghl.location("location"), {
  id: "import",
  journal: storage.journal,
  clock,
  source: leads(),
  concurrency: 50,
  batchSize: 200,
  step: async (lead, at) => {
    const { contact } = await at.location.contacts.upsert({ body: lead });
    return { outcome: "created", contact };
  },
});
const begin = clock.now();
const { rows: done } = await runOnClock(clock, () => run.finished, { withinMs: 3660 * 86_400_000 });
const { maxRSS } = process.resourceUsage();
process.send?.({ done, mebibytes: maxRSS / 1024, days: (clock.now() - begin) / 86_400_000 });
await storage.close();
process.disconnect();
