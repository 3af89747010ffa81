import { beforeEach, describe, expect, test } from "vitest";
import { createTestClient, type TestAnswer, type TestClient } from "../../test-client.ts";

let client: TestClient;
let locationId: string;

beforeEach(() => {
  client = createTestClient();
  ({ locationId } = client.emulator.seed);
});

function create(fields: object): Promise<TestAnswer> {
  return client.call("POST", "/contacts/", { body: { locationId, ...fields } });
}

describe("contacts", () => {
  test("create answers 201 with what was normalised", async () => {
    const { status, body, headers } = await create({
      name: "Ann Marie Lee",
      email: " Ann@Example.COM",
      phone: "(202) 555-0101",
      tags: ["VIP", "vip"],
      dateOfBirth: "02/14/1990",
    });
    expect(status).toBe(201);
    expect(body.contact).toMatchObject({
      id: expect.stringMatching(/^[A-Za-z0-9]{20}$/),
      firstName: "Ann",
      lastName: "Marie Lee",
      email: "ann@example.com",
      phone: "+12025550101",
      tags: ["vip"],
      dateOfBirth: "1990-02-14",
      fullNameLowerCase: "ann marie lee",
    });
    expect(headers.get("x-emulator-answer")).toBe("stateful");
    expect(headers.get("x-emulator-evidence")).toBe("recorded");
  });

  test("a missing contact is 400", async () => {
    const { status, body, headers } = await client.call("GET", "/contacts/nobody");
    expect([status, body.message]).toEqual([400, "Contact with id nobody not found"]);
    expect(headers.get("x-emulator-evidence")).toBe("reported");
  });

  test("a duplicate is 400 and names the contact that is there", async () => {
    const first = await create({ name: "Ann Lee", email: "ann@example.com" });
    const second = await create({ name: "Other", email: "ANN@example.com" });
    expect(second.status).toBe(400);
    expect(second.body).toMatchObject({
      message: "This location does not allow duplicated contacts.",
      meta: { contactId: first.body.contact.id, contactName: "Ann Lee", matchingField: "email" },
    });
    const byPhone = await create({ phone: "+1 202 555 0199" });
    const clash = await client.call("PUT", `/contacts/${byPhone.body.contact.id}`, { body: { email: "ann@example.com" } });
    expect(clash.status).toBe(400);
  });

  test("a location can allow duplicates", async () => {
    client = createTestClient({ allowDuplicates: true });
    await create({ email: "a@example.com" });
    expect((await create({ email: "a@example.com" })).status).toBe(201);
    const body = { locationId, email: "a@example.com", createNewIfDuplicateAllowed: true };
    expect((await client.call("POST", "/contacts/upsert", { body })).body.new).toBe(true);
    expect((await client.call("POST", "/contacts/upsert", { body: { locationId, email: "a@example.com" } })).body.new).toBe(false);
  });

  test("upsert creates, updates, and lets the first identifier win when two contacts match", async () => {
    const byMail = await create({ firstName: "Mail", email: "one@example.com" });
    await create({ firstName: "Phone", phone: "+12025550102" });
    const { status, body } = await client.call("POST", "/contacts/upsert", {
      body: { locationId, email: "one@example.com", phone: "+12025550102", city: "Here" },
    });
    expect([status, body.new, body.contact.id, body.contact.city]).toEqual([200, false, byMail.body.contact.id, "Here"]);
    expect(body.contact.phone).toBeUndefined();
    const fresh = await client.call("POST", "/contacts/upsert", { body: { locationId, email: "new@example.com" } });
    expect([fresh.status, fresh.body.new]).toEqual([200, true]);
  });

  test("look-up by e-mail and by phone; null when there is none", async () => {
    const { body } = await create({ email: "ann+a@example.com", phone: "2025550103" });
    const find = async (query: string): Promise<unknown> =>
      (await client.call("GET", `/contacts/search/duplicate?locationId=${locationId}&${query}`)).body.contact?.id ?? null;
    expect(await find(`email=${encodeURIComponent("ann+a@example.com")}`)).toBe(body.contact.id);
    expect(await find(`number=${encodeURIComponent("+12025550103")}`)).toBe(body.contact.id);
    expect(await find("email=none%40example.com")).toBeNull();
  });

  test("tags: update replaces, the tag calls add and remove", async () => {
    const { body } = await create({ email: "t@example.com", tags: ["a"] });
    const at = `/contacts/${body.contact.id}`;
    expect((await client.call("POST", `${at}/tags`, { body: { tags: ["B", "a"] } })).body).toMatchObject({ tags: ["a", "b"] });
    expect((await client.call("DELETE", `${at}/tags`, { body: { tags: ["A"] } })).body).toMatchObject({ tags: ["b"] });
    expect((await client.call("PUT", at, { body: { tags: ["c"] } })).body.contact.tags).toEqual(["c"]);
    const tags = (await client.call("GET", `/locations/${locationId}/tags`)).body.tags.map((tag: { name: string }) => tag.name);
    expect(tags).toContain("b");
  });

  test("do-not-disturb keys are those of the generation", async () => {
    const { body } = await create({ email: "d@example.com", dndSettings: { sms: { status: "active", message: "", code: "" } } });
    const at = `/contacts/${body.contact.id}`;
    expect(Object.keys((await client.call("GET", at)).body.contact.dndSettings)).toEqual(["sms"]);
    expect(Object.keys((await client.call("GET", at, { version: "2021-07-28" })).body.contact.dndSettings)).toEqual(["SMS"]);
    const wrongCase = { dndSettings: { SMS: { status: "active", message: "", code: "" } } };
    expect((await client.call("PUT", at, { body: wrongCase })).status).toBe(422);
    expect((await client.call("PUT", at, { body: wrongCase, version: "2021-07-28" })).status).toBe(200);
  });

  test("success flags are spelt as the generation spells them", async () => {
    const { body } = await create({ email: "s@example.com" });
    const at = `/contacts/${body.contact.id}`;
    expect((await client.call("PUT", at, { body: { city: "X" } })).body).toMatchObject({ succeeded: true });
    expect((await client.call("PUT", at, { body: { city: "X" }, version: "2021-07-28" })).body).toMatchObject({ succeded: true });
    expect((await client.call("DELETE", at)).body).toMatchObject({ succeeded: true });
    expect((await client.call("GET", at)).status).toBe(400);
  });

  test("custom fields by id or key; an empty value removes", async () => {
    const id = client.emulator.seed.customFieldIds["contact.pet_name"];
    const { body } = await create({ email: "c@example.com", customFields: [{ key: "pet_name", field_value: "Rex" }] });
    expect(body.contact.customFields).toEqual([{ id, value: "Rex" }]);
    const { body: after } = await client.call("PUT", `/contacts/${body.contact.id}`, { body: { customFields: [{ id, fieldValue: "" }] } });
    expect(after.contact.customFields).toEqual([]);
  });

  test.each([{ email: "not an address" }, { email: "" }, { phone: "" }])("are refused with %o", async (fields) => {
    expect((await create(fields)).status).toBe(422);
  });

  test("keep their gender in an upsert, which answers 200", async () => {
    const { locationId } = client.emulator.seed;
    const upsert = (gender: string) => client.call("POST", "/contacts/upsert", { body: { locationId, email: "c@example.com", gender } });
    expect((await upsert("female")).body).toMatchObject({ new: true, contact: { gender: "female" } });
    expect(await upsert("male")).toMatchObject({ status: 200, body: { new: false, contact: { gender: "female" } } });
  });

  test("keep the day of a date, an amount without commas, and options byte for byte", async () => {
    const { customFieldIds } = client.emulator.seed;
    const values = { budget: "1,500", interests: ["Braces", "braces"], renewal_date: "2026-03-01T10:00:00Z" };
    const customFields = Object.entries(values).map(([key, value]) => ({ key, field_value: value }));
    const { body } = await create({ email: "c@example.com", customFields });
    expect(body.contact.customFields).toEqual([
      { id: customFieldIds["contact.budget"], value: "1500" },
      { id: customFieldIds["contact.interests"], value: ["Braces"] },
      { id: customFieldIds["contact.renewal_date"], value: "2026-03-01" },
    ]);
    const wrong = [{ key: "interests", field_value: ["braces"] }];
    const { body: after } = await client.call("PUT", `/contacts/${body.contact.id}`, { body: { customFields: wrong } });
    expect(after.contact.customFields).toEqual(body.contact.customFields);
  });

  test("what hangs on a contact is found only there", async () => {
    const one = (await create({ email: "1@example.com" })).body.contact.id;
    const two = (await create({ email: "2@example.com" })).body.contact.id;
    const { note } = (await client.call("POST", `/contacts/${one}/notes`, { body: { body: "hi" } })).body;
    expect((await client.call("GET", `/contacts/${one}/notes/${note.id}`)).status).toBe(200);
    expect((await client.call("GET", `/contacts/${two}/notes/${note.id}`)).status).toBe(404);
  });

  test("only workflows of the location can be entered", async () => {
    const { body } = await create({ email: "w@example.com" });
    const at = `/contacts/${body.contact.id}/workflow`;
    expect((await client.call("POST", `${at}/nothing`, { body: {} })).status).toBe(400);
    expect((await client.call("POST", `${at}/${client.emulator.seed.workflowIds[0]}`, { body: {} })).status).toBe(200);
  });
});
