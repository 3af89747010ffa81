import { createMemoryJournal } from "@ghlkit/storage";
import { describe, expect, it } from "vitest";
import { createContacts } from "../../src/contacts/index.ts";
import { locationOnEmulator } from "../location-on-emulator.ts";

const oneCall = { strategy: "oneCall" } as const;
const ada = { email: "ada@example.com", phone: "+12025550143", firstName: "Ada" };

describe("ensure with one call", () => {
  const setUp = () => {
    const setting = locationOnEmulator();
    return { ...setting, contacts: createContacts(setting.location, { journal: createMemoryJournal() }) };
  };

  it("creates, or replaces and reports what", async () => {
    const { contacts, called } = setUp();
    expect(await contacts.ensure(ada, oneCall)).toMatchObject({ outcome: "created", overwrote: [], calls: 1 });
    const result = await contacts.ensure({ ...ada, firstName: "Augusta", fields: { pet_name: "Rex" } }, oneCall);
    expect(result).toMatchObject({ outcome: "updated", contact: { firstName: "Augusta" }, ignored: [], calls: 1 });
    const overwrote = ["email", "phone", "firstName", "pet_name"].map((field) => ({ field, before: undefined }));
    expect(result).toMatchObject({ overwrote });
    expect(called()).toEqual(["contacts.upsert", "contacts.upsert"]);
  });

  it("keeps the tags of an existing contact", async () => {
    const { contacts, location } = setUp();
    const { id } = (await location.contacts.create({ body: { email: ada.email, tags: ["vip"] } })).contact;
    expect(await contacts.ensure(ada, oneCall)).toMatchObject({ outcome: "updated", contact: { id, tags: ["vip"] } });
  });

  it("reports a phone that the platform left out because it belongs to another contact", async () => {
    const { contacts, location } = setUp();
    await location.contacts.create({ body: { email: ada.email } });
    await location.contacts.create({ body: { phone: ada.phone } });
    const result = await contacts.ensure(ada, oneCall);
    expect(result).toMatchObject({ outcome: "updated", ignored: [{ field: "phone", why: "not_stored" }] });
  });

  it("goes by an external id, and reports the contact that is in the way", async () => {
    const { contacts, location, called } = setUp();
    const first = await contacts.ensure({ ...ada, externalId: "shop:42" }, oneCall);
    const id = (first as { contact: { id: string } }).contact.id;
    called();
    const changed = { externalId: "shop:42", email: "ada@king.example", gender: "female" };
    expect(await contacts.ensure(changed, oneCall)).toMatchObject({
      outcome: "updated",
      contact: { id, email: "ada@king.example" },
      ignored: [{ field: "gender", why: "create_only" }],
    });
    expect(called()).toEqual(["contacts.update"]);
    const byEmail = (await location.contacts.create({ body: { email: "grace@example.com" } })).contact.id;
    const result = await contacts.ensure({ externalId: "shop:42", email: "grace@example.com" }, oneCall);
    expect(result).toMatchObject({ outcome: "conflict", byExternalId: id, byEmail, byPhone: undefined });
  });

  it("takes a second call where the contact of an external id is gone", async () => {
    const { contacts, location, called } = setUp();
    const first = await contacts.ensure({ ...ada, externalId: "shop:42" }, oneCall);
    const id = (first as { contact: { id: string } }).contact.id;
    await location.contacts.delete({ contactId: id });
    called();
    expect(await contacts.ensure({ externalId: "shop:42", firstName: "Ada" }, oneCall)).toMatchObject({
      outcome: "rejected",
      fields: [{ why: "missing_identity" }],
    });
    const again = await contacts.ensure({ ...ada, externalId: "shop:42" }, oneCall);
    expect(again).toMatchObject({ outcome: "created", calls: 2 });
    expect(called()).toEqual(["contacts.update", "contacts.update", "contacts.upsert"]);
    expect(await contacts.ensure({ externalId: "shop:42", firstName: "A" }, oneCall)).toMatchObject({ outcome: "updated", calls: 1 });
  });

  it("rejects without a call", async () => {
    const { contacts, called } = setUp();
    expect(await contacts.ensure({ email: "ada" }, oneCall)).toMatchObject({ outcome: "rejected", calls: 0 });
    expect(await contacts.ensure({ firstName: "Ada" }, oneCall)).toMatchObject({ fields: [{ why: "missing_identity" }] });
    expect(called()).toEqual([]);
  });
});
