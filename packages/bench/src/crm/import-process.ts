import { bulk } from "@ghlkit/crm/bulk";
import { csvFile, writeResults } from "@ghlkit/crm/bulk/node";
import { createContacts } from "@ghlkit/crm/contacts";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createGhl } from "ghlkit";
import { readOrder } from "./child.ts";

/** The import of a file, as a process that may be killed at any time. */
export interface ImportOrder {
  readonly baseUrl: string;
  readonly token: string;
  readonly locationId: string;
  readonly csv: string;
  readonly database: string;
  readonly results: string;
}

const { baseUrl, token, locationId, csv, database, results } = readOrder<ImportOrder>();
const storage = createSqliteStorage({ path: database });
const ghl = createGhl({ token, location: locationId, baseUrl, limits: { limit: 100_000 } });
const location = ghl.location(locationId);
const contacts = createContacts(location.with({ priority: "bulk" }), { locationId });
let isAtWork = false;
const run = bulk(location, {
  id: "import",
  journal: storage.journal,
  leaseMs: 1000,
  source: await csvFile(csv, ({ email = "", name = "" }) => ({ email, firstName: name })),
  step: (lead) => {
    if (!isAtWork) process.send?.("at work");
    isAtWork = true;
    return contacts.ensure(lead);
  },
});
await run.finished;
await writeResults(results, run.results());
await ghl.close();
await storage.close();
process.disconnect();
