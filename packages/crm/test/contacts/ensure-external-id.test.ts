import { describe, expect, it } from "vitest";
import { createContacts } from "../../src/contacts/index.ts";
import { locationOnEmulator } from "../location-on-emulator.ts";
import { setUp } from "./careful-ensure.ts";

describe("external ids", () => {
  const person = { externalId: "shop:42", email: "ada@example.com" };

  it("find a contact whose e-mail has changed, both ways", async () => {
    const { ensure, contacts, called } = setUp();
    const first = await ensure(person);
    const id = (first as { contact: { id: string } }).contact.id;
    called();
    const second = await ensure({ ...person, email: "ada@king.example", firstName: "Ada" });
    expect(second).toMatchObject({ outcome: "updated", contact: { id, email: "ada@example.com", firstName: "Ada" } });
    expect(second).toMatchObject({ ignored: [{ field: "email", why: "kept" }] });
    expect(called()).toEqual(["contacts.get", "contacts.findDuplicate", "contacts.update"]);
    expect(await contacts.externalIdOf(id)).toBe("shop:42");
    expect(await ensure({ externalId: "shop:42", lastName: "King" })).toMatchObject({ outcome: "updated", contact: { id } });
  });

  it("are linked again when their contact is gone", async () => {
    const { ensure, location } = setUp();
    const first = (await ensure(person)) as { contact: { id: string } };
    await location.contacts.delete({ contactId: first.contact.id });
    const second = (await ensure(person)) as { outcome: string; contact: { id: string } };
    expect(second.outcome).toBe("created");
    expect(second.contact.id).not.toBe(first.contact.id);
    expect(await ensure({ externalId: "shop:42", firstName: "Ada" })).toMatchObject({ contact: { id: second.contact.id } });
  });

  it("of one contact with the e-mail of another are a conflict", async () => {
    const { ensure, contact } = setUp();
    const linked = (await ensure(person)) as { contact: { id: string } };
    const byEmail = await contact({ email: "grace@example.com" });
    const result = await ensure({ externalId: "shop:42", email: "grace@example.com" });
    expect(result).toMatchObject({ outcome: "conflict", byExternalId: linked.contact.id, byEmail });
  });

  it("win over the e-mail and the phone of other contacts, whichever is preferred", async () => {
    const { ensure, contact } = setUp();
    const linked = (await ensure(person)) as { contact: { id: string } };
    const email = "grace@example.com";
    await contact({ email });
    await contact({ phone: "+12025550144" });
    for (const onConflict of ["preferEmail", "preferPhone"] as const) {
      const result = await ensure({ externalId: "shop:42", email, phone: "+12025550144", firstName: onConflict }, { onConflict });
      expect(result).toMatchObject({ contact: { id: linked.contact.id, firstName: onConflict, email: "ada@example.com" } });
      expect(result).toMatchObject({
        ignored: [
          { field: "email", why: "taken" },
          { field: "phone", why: "taken" },
        ],
      });
    }
  });

  it("need a journal", async () => {
    const { location } = locationOnEmulator();
    await expect(createContacts(location).ensure(person)).rejects.toMatchObject({ code: "invalid_request" });
  });
});
