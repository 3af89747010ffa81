import { createSteps } from "@ghlkit/crm/steps";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createGhl, type LocationClient } from "ghlkit";
import { readOrder } from "./child.ts";

/** What a lead form sets off, as a process that may be killed at any time. */
export interface LeadFormOrder {
  readonly baseUrl: string;
  readonly token: string;
  readonly locationId: string;
  readonly pipelineId: string;
  readonly stageId: string;
  readonly database: string;
  /** Forms in all; those that were accepted already are resumed. */
  readonly forms: number;
}

const { baseUrl, token, locationId, pipelineId, stageId, database, forms } = readOrder<LeadFormOrder>();
const storage = createSqliteStorage({ path: database });
const ghl = createGhl({ token, location: locationId, baseUrl, limits: { limit: 100_000 } });
const location = ghl.location(locationId);

const intake = createSteps<{ readonly email: string; readonly phone: string }>({
  name: "lead-form",
  journal: storage.journal,
  leaseMs: 500,
})
  .step("contact", async ({ input }) => (await location.contacts.upsert({ body: input })).contact.id, { isRepeatable: true })
  .step("tag", ({ results }) => location.contacts.addTags({ contactId: results.contact, body: { tags: ["web"] } }), { isRepeatable: true })
  .step(
    "opportunity",
    async ({ results, key }) => {
      const body = { name: key, pipelineId, pipelineStageId: stageId, status: "open", contactId: results.contact } as const;
      return (await location.opportunities.create({ body })).opportunity.id;
    },
    { probe: async ({ results }) => found(await firstOpportunity(location, results.contact)) },
  )
  .step(
    "task",
    async ({ results, key }) => {
      const body = { title: key, dueDate: "2027-01-01T00:00:00.000Z", completed: false };
      return (await location.contacts.createTask({ contactId: results.contact, body })).task.id;
    },
    {
      probe: async ({ results, key }) => {
        const { tasks } = await location.contacts.listTasks({ contactId: results.contact });
        return found(tasks.find(({ title }) => title === key)?.id);
      },
    },
  )
  .step(
    "message",
    async ({ results, key }) => {
      const body = { type: "SMS", contactId: results.contact, message: key, status: "pending" } as const;
      return (await location.conversations.sendMessage({ body })).messageId;
    },
    { probe: async ({ results, key }) => found(await messageOf(location, results.contact, key)) },
  );

/** The emulator has no lag here, and the process that sent it has been dead for longer than a request takes: what is not there did not happen. */
function found(id: string | undefined): { readonly happened: true; readonly result: string } | { readonly happened: false } {
  return id === undefined ? { happened: false } : { happened: true, result: id };
}

async function firstOpportunity(client: LocationClient, contactId: string): Promise<string | undefined> {
  for await (const { id } of client.opportunities.search({ contactId })) return id;
  return undefined;
}

async function messageOf(client: LocationClient, contactId: string, text: string): Promise<string | undefined> {
  for await (const { id, body } of client.conversations.exportMessages({ contactId, limit: 100 })) if (body === text) return id;
  return undefined;
}

process.send?.("ready");
for (let form = 0; form < forms; form += 1) {
  const phone = `+1415555${String(1000 + form)}`;
  await intake.accept(`form-${form}`, { email: `form${form}@example.com`, phone });
}
// A run whose process died less than a lease ago is in progress: it is resumed in the next round.
for (let left = 1; left > 0;) {
  left = 0;
  for await (const run of intake.resume({ limit: 10_000 })) {
    if (run.outcome === "failed") throw run.error;
    if (run.outcome !== "done") left += 1;
  }
}
process.send?.("done");
await ghl.close();
await storage.close();
process.disconnect();
