import { beforeEach, describe, expect, test } from "vitest";
import { createTestClient, type TestClient } from "../../test-client.ts";

let client: TestClient;
let at: string;

beforeEach(() => {
  client = createTestClient();
  at = `/locations/${client.emulator.seed.locationId}`;
});

describe("locations", () => {
  test("one is read with its business, many are searched by agency or by itself", async () => {
    const { tokens, locationId, secondLocationId } = client.emulator.seed;
    expect((await client.call("GET", at)).body.location).toMatchObject({ id: locationId, business: { name: "Harbour Dental" } });
    const ids = async (token: string): Promise<string[]> =>
      (await client.call("GET", "/locations/search", { token })).body.locations.map((location: { id: string }) => location.id);
    expect(await ids(tokens.agency)).toEqual([locationId, secondLocationId]);
    expect(await ids(tokens.appLocation)).toEqual([locationId]);
  });

  test("a setting that is changed rules what follows", async () => {
    const { tokens, locationId, companyId } = client.emulator.seed;
    const body = { locationId, email: "a@example.com" };
    await client.call("POST", "/contacts/", { body });
    expect((await client.call("POST", "/contacts/", { body })).status).toBe(400);
    await client.call("PUT", at, { body: { companyId, settings: { allowDuplicateContact: true } }, token: tokens.agency });
    expect((await client.call("POST", "/contacts/", { body })).status).toBe(201);
  });

  test("a renamed tag is renamed on contacts, a deleted one is gone from them", async () => {
    const { locationId } = client.emulator.seed;
    const { contact } = (await client.call("POST", "/contacts/", { body: { locationId, email: "t@example.com", tags: ["lead"] } })).body;
    const { tags } = (await client.call("GET", `${at}/tags`)).body;
    const { id } = tags.find((tag: { name: string }) => tag.name === "lead");
    await client.call("PUT", `${at}/tags/${id}`, { body: { name: "Prospect" } });
    expect((await client.call("GET", `/contacts/${contact.id}`)).body.contact.tags).toEqual(["prospect"]);
    await client.call("DELETE", `${at}/tags/${id}`);
    expect((await client.call("GET", `/contacts/${contact.id}`)).body.contact.tags).toEqual([]);
    expect((await client.call("POST", `${at}/tags`, { body: { name: "VIP" } })).status).toBe(400);
  });

  test("custom fields are listed by model and read by id or key", async () => {
    const keys = async (query: string): Promise<string[]> =>
      (await client.call("GET", `${at}/customFields${query}`)).body.customFields.map((field: { fieldKey: string }) => field.fieldKey);
    expect(await keys("")).toHaveLength(4);
    expect(await keys("?model=opportunity")).toEqual(["opportunity.referrer"]);
    expect(await keys("?model=all")).toHaveLength(5);
    const { body } = await client.call("GET", `${at}/customFields/contact.pet_name`);
    expect(body.customField.id).toBe(client.emulator.seed.customFieldIds["contact.pet_name"]);
    const created = await client.call("POST", `${at}/customFields`, { body: { name: "Shoe Size", dataType: "NUMERICAL" } });
    expect(created.body.customField).toMatchObject({ fieldKey: "contact.shoe_size", model: "contact" });
    expect((await client.call("POST", `${at}/customFields`, { body: { name: "Shoe size", dataType: "TEXT" } })).status).toBe(400);
  });
});
