import { describe, expect, it } from "vitest";
import { contactTags, createContacts } from "../../src/contacts/index.ts";
import { locationOnEmulator } from "../location-on-emulator.ts";

describe("tags", () => {
  it("are compared as the platform keeps them", () => {
    expect(contactTags([" VIP", "vip", "", "Été"])).toEqual(["vip", "été"]);
  });

  it("are added to and removed from many contacts, a hundred per call", async () => {
    const { location, called } = locationOnEmulator();
    const contacts = createContacts(location);
    const ids: string[] = [];
    for (let index = 0; index < 102; index += 1) {
      ids.push((await location.contacts.create({ body: { email: `ada${index}@example.com`, tags: ["vip"] } })).contact.id);
    }
    called();
    const added = await contacts.addTags([...ids, ids[0] as string, "missing"], ["Web", "vip"]);
    expect(called()).toEqual(["contacts.bulkUpdateTags", "contacts.bulkUpdateTags"]);
    expect(added).toMatchObject({ outcome: "partly", calls: 2, failed: [{ contactId: "missing" }] });
    expect(added.contacts).toHaveLength(102);
    expect(added.contacts[101]).toEqual({ contactId: ids[101], added: ["web"], removed: [] });
    const removed = await contacts.removeTags(ids[0] as string, ["WEB"]);
    expect(removed).toEqual({ outcome: "changed", contacts: [{ contactId: ids[0], added: [], removed: ["web"] }], failed: [], calls: 1 });
    expect((await location.contacts.get({ contactId: ids[0] as string })).contact.tags).toEqual(["vip"]);
    expect(await contacts.addTags(ids, [" "])).toEqual({ outcome: "unchanged", contacts: [], failed: [], calls: 0 });
  });
});
