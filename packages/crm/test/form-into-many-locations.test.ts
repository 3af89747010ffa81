import { privateIntegration } from "@ghlkit/auth";
import { createClient, type LocationClient } from "@ghlkit/client";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createMemoryJournal } from "@ghlkit/storage";
import { expect, it } from "vitest";
import { createContacts, type EnsureResult } from "../src/contacts/index.ts";
import { createOpportunities } from "../src/opportunities/index.ts";

const form = { email: "Ada@Example.com", phone: "(202) 555-0143", firstName: "Ada", plan: "pro", budget: 1500 };

interface LocationOfApp {
  readonly client: LocationClient;
  readonly planId: string;
  readonly before: { readonly byEmail: string | undefined; readonly byPhone: string | undefined };
}

/** A location with fields of its own. In every fourth the form's e-mail and phone are on two contacts, in every fifth both are on one. */
async function prepare(emulator: Emulator, locationId: string, index: number): Promise<LocationOfApp> {
  const { accessToken } = emulator.oauth.issueTokens({ locationId });
  const client = createClient({
    baseUrl: "https://emulator.example",
    credentials: privateIntegration({ token: accessToken, location: locationId }),
    fetch: (input, init) => emulator.fetch(input, init),
  }).location(locationId);
  const field = async (body: { name: string; dataType: string; options?: string[] }): Promise<string> =>
    (await client.locations.createCustomField({ body })).customField?.id ?? "";
  for (let more = 0; more < index % 3; more += 1) await field({ name: `Other ${more}`, dataType: "TEXT" });
  const planId = await field({ name: "Plan", dataType: "RADIO", options: ["free", "pro"] });
  await field({ name: "Budget", dataType: "MONETORY" });
  const contact = async (body: { email?: string; phone?: string; tags?: string[] }): Promise<string> =>
    (await client.contacts.create({ body })).contact.id;
  if (index % 4 === 0) {
    return { client, planId, before: { byEmail: await contact({ email: form.email }), byPhone: await contact({ phone: "+12025550143" }) } };
  }
  if (index % 5 === 0) {
    const both = await contact({ email: form.email, phone: "+12025550143", tags: ["vip"] });
    return { client, planId, before: { byEmail: both, byPhone: both } };
  }
  return { client, planId, before: { byEmail: undefined, byPhone: undefined } };
}

it("a form into 40 locations whose field ids differ, with its e-mail on one contact and its phone on another in some", async () => {
  const emulator = createEmulator({ enforceBurstLimit: false });
  const ids = emulator.oauth.addLocations(40);
  emulator.oauth.install({ approveAllLocations: true });
  const locations = await Promise.all(ids.map((id, index) => prepare(emulator, id, index)));
  expect(new Set(locations.map(({ planId }) => planId)).size).toBe(40);

  const journal = createMemoryJournal();
  const perLocation = locations.map(({ client }) => createContacts(client, { journal }));
  const submit = (): Promise<EnsureResult[]> =>
    Promise.all(
      perLocation.map((contacts) => {
        const { plan, budget, ...person } = form;
        return contacts.ensure({ ...person, externalId: "form:1", fields: { plan, budget }, addTags: ["web"] });
      }),
    );

  const results = await submit();
  for (const [index, result] of results.entries()) {
    const { before, planId, client } = locations[index] as LocationOfApp;
    if (index % 4 === 0) {
      expect(result).toMatchObject({ outcome: "conflict", ...before });
      continue;
    }
    expect(result).toMatchObject({ outcome: index % 5 === 0 ? "updated" : "created", ignored: [] });
    if (!("contact" in result)) throw new Error(result.outcome);
    const { contact } = await client.contacts.get({ contactId: result.contact.id });
    expect(contact.id).toBe(before.byEmail ?? contact.id);
    expect(contact.tags).toEqual(index % 5 === 0 ? ["vip", "web"] : ["web"]);
    expect(contact.customFields).toContainEqual({ id: planId, value: "pro" });
  }
  expect((await submit()).filter(({ outcome }) => outcome !== "conflict" && outcome !== "unchanged")).toEqual([]);

  // The people of the conflicts are as they were, and a clerk's choice settles one of them.
  const [first] = locations as [LocationOfApp];
  const byEmail = await first.client.contacts.get({ contactId: first.before.byEmail as string });
  expect(byEmail.contact).toMatchObject({ tags: [], customFields: [] });
  const settled = await perLocation[0]?.ensure({ email: form.email, phone: form.phone, firstName: "Ada" }, { onConflict: "preferPhone" });
  expect(settled).toMatchObject({ outcome: "updated", contact: { id: first.before.byPhone }, ignored: [{ field: "email", why: "taken" }] });

  const opportunities = createOpportunities(first.client);
  expect(await opportunities.ensure({ contactId: first.before.byPhone as string, pipeline: "Sales", name: "Plan pro" })).toMatchObject({
    outcome: "rejected",
    fields: [{ field: "pipeline", why: "unknown_pipeline" }],
  });
});
