import type { Clock } from "@ghlkit/core";
import {
  createApp,
  openBackend,
  perLocation,
  readSettings,
  resumeRuns,
  serveApp,
  textIn,
  tryEach,
  type Backend,
  type Environment,
  type Served,
} from "@ghlkit/app-kit/server";
import { createOpportunities, type Opportunities } from "@ghlkit/crm/opportunities";
import { readBoard, readCards, readPipeline } from "./board.ts";
import { moveLead } from "./handlers/move-lead.ts";
import { submitLead } from "./handlers/submit-lead.ts";
import { createImports, type Imports, type Mapping } from "./imports.ts";
import { createIntake, type Intake } from "./intake.ts";

export const scopes = [
  "contacts.readonly",
  "contacts.write",
  "opportunities.readonly",
  "opportunities.write",
  "workflows.readonly",
  "conversations/message.write",
  "conversations/message.readonly",
  "conversations.readonly",
  "locations.readonly",
  "locations/customFields.readonly",
];

/** A running application. */
export interface Leads {
  readonly served: Served;
  readonly backend: Backend;
}

/** Leads on a board that follows HighLevel. */
export async function startLeads(env: Environment, clock?: Clock): Promise<Leads> {
  const backend = await openBackend(readSettings("leads", env, 3001), {
    kinds: ["contacts", "opportunities"],
    ...(clock !== undefined && { clock }),
    onChange: ({ locationId, kind, id, change }) => {
      const cards =
        kind === "opportunities"
          ? readCards(backend, locationId, "o.id = ?2", id)
          : readCards(backend, locationId, "o.contact_id = ?2", id);
      const gone = kind === "opportunities" && change === "deleted" ? [id] : [];
      return cards.then((upsert) => backend.channel.publish(locationId, { type: "cards", data: { upsert, remove: gone } }));
    },
  });
  const intakes = perLocation<Intake>((locationId) =>
    createIntake(backend, locationId, ({ id, step, index, of, how }) =>
      backend.channel.publish(locationId, { type: "step", data: { form: id.split(":").at(-1), step, index, of, how } }),
    ),
  );
  const deals = perLocation<Opportunities>((locationId) => createOpportunities(backend.location(locationId), { clock: backend.clock }));
  const imports = perLocation<Imports>((locationId) => createImports(backend, locationId, intakes(locationId)));
  const app = createApp(backend, { title: "Leads", scopes });
  await app.page("/", {
    title: "Leads",
    script: new URL("page/leads.tsx", import.meta.url),
    access: "staff",
    state: async ({ locationId }) => ({ ...(await readBoard(backend, locationId)), lastImport: imports(locationId).latest() }),
  });
  app.action("/leads", "staff", (action) => submitLead(backend, intakes(action.session.locationId), action));
  app.action("/moves", "staff", (action) => moveLead(backend, deals(action.session.locationId), action));
  app.action(
    "/imports/preview",
    "staff",
    ({ session, body }) => imports(session.locationId).preview(textIn(body, "text", { needed: true, most: 1_900_000 })),
    { isAmendable: true },
  );
  app.action("/imports", "staff", async ({ session, body, key }) => {
    await imports(session.locationId).start(textIn(body, "id", { needed: true }), (body["mapping"] ?? {}) as Mapping, key);
  });
  app.download("/imports/:id/results.csv", "staff", "text/csv; charset=utf-8", ({ session, params }) =>
    imports(session.locationId).results(params["id"] ?? ""),
  );
  const served = await serveApp(app, backend);
  await tryEach(backend.locations(), (locationId) => imports(locationId).resume());
  // What a crash or an outage has left unfinished.
  backend.every(15_000, () =>
    tryEach(backend.locations(), async (locationId) => {
      await imports(locationId).resume();
      await resumeRuns(intakes(locationId).resume());
    }),
  );
  // No webhook says that a stage was renamed or deleted.
  const shown = new Map<string, string>();
  backend.every(60_000, () =>
    tryEach(backend.locations(), async (locationId) => {
      const data = await readPipeline(backend, locationId);
      const text = JSON.stringify(data);
      if (shown.get(locationId) !== text) backend.channel.publish(locationId, { type: "lanes", data });
      shown.set(locationId, text);
    }),
  );
  const close = async (): Promise<void> => {
    for (const locationId of backend.locations()) await imports(locationId).stop();
    await served.close();
  };
  return { served: { ...served, close }, backend };
}
