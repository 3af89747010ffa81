import { describe, expect, it } from "vitest";
import type { CarefulPolicy, Person } from "../../src/contacts/index.ts";
import { setUp } from "./careful-ensure.ts";

describe("ensure, of input that types do not keep out", () => {
  it("reads a number by the location's country where the form left the country blank", async () => {
    const { ensure } = setUp();
    for (const [at, country] of ["", "  ", null].entries()) {
      const person = { phone: `(202) 555-010${at}`, country } as unknown as Person;
      expect(await ensure(person)).toMatchObject({ outcome: "created", contact: { phone: `+1202555010${at}` } });
    }
  });

  it("takes null for a blank, and rejects what is no text", async () => {
    const { ensure } = setUp();
    const blank = { email: "ada@example.com", phone: null, firstName: null, addTags: null, fields: null } as unknown as Person;
    expect(await ensure(blank)).toMatchObject({ outcome: "created" });
    const numbers = { email: "ada@example.com", phone: 12_025_550_143, postalCode: 1010 } as unknown as Person;
    expect(await ensure(numbers)).toMatchObject({
      outcome: "rejected",
      fields: [
        { field: "phone", why: "invalid_value" },
        { field: "postalCode", why: "invalid_value" },
      ],
    });
  });

  it("rejects the name of a country, which the platform refuses and no number is read by", async () => {
    const { ensure, contacts, called } = setUp();
    const person = { email: "ada@example.com", phone: "2025550143", country: "United States" };
    const rejected = { outcome: "rejected", fields: [{ field: "country" }, { field: "phone" }] };
    expect(await ensure(person)).toMatchObject(rejected);
    expect(await contacts.check(person)).toMatchObject(rejected);
    expect(await contacts.check({ ...person, country: "us" })).toEqual({
      outcome: "valid",
      email: "ada@example.com",
      phone: "+12025550143",
    });
    expect(called()).toEqual([]);
  });

  it("rejects a number with an extension, which would be that of all who share the switchboard", async () => {
    const { ensure, contacts, called } = setUp();
    for (const phone of ["+1 202 555 0143 ext. 5", "(202) 555-0143 x5", "+12025550143;ext=5", "202-555-0143 #5"]) {
      const fields = [{ field: "phone", why: "invalid_phone", message: expect.stringContaining('leave "5" out') as string }];
      expect(await ensure({ phone })).toMatchObject({ outcome: "rejected", fields });
      expect(await contacts.ensure({ phone }, { strategy: "oneCall" })).toMatchObject({ outcome: "rejected", fields });
      expect(await contacts.check({ phone })).toMatchObject({ outcome: "rejected", fields });
    }
    expect(called().filter((operation) => operation.startsWith("contacts."))).toEqual([]);
  });

  it("rejects tags that are no list of texts", async () => {
    const { ensure, contacts, called } = setUp();
    for (const field of ["addTags", "removeTags"])
      for (const tags of ["web", [5], ["web", null], new Set(["web"]), { 0: "web" }]) {
        const person = { email: "ada@example.com", [field]: tags } as unknown as Person;
        const rejected = { outcome: "rejected", fields: [{ field, why: "invalid_value" }] };
        expect(await ensure(person)).toMatchObject(rejected);
        expect(await contacts.check(person)).toMatchObject(rejected);
      }
    expect(called()).toEqual([]);
  });

  it("rejects a tag that is to be added and removed, which would change with each call", async () => {
    const { ensure, called } = setUp();
    const person = { email: "ada@example.com", addTags: ["Web", "vip"], removeTags: ["web "] };
    expect(await ensure(person)).toMatchObject({ outcome: "rejected", fields: [{ field: "removeTags", why: "invalid_value" }] });
    expect(called()).toEqual([]);
  });

  it("refuses a misspelt policy instead of dropping an identifier", async () => {
    const { ensure, contacts } = setUp();
    for (const policy of [{ onConflict: "preferemail" }, { match: ["mail"] }, { existing: "keep" }, { strategy: "onecall" }])
      await expect(ensure({ email: "ada@example.com" }, policy as unknown as CarefulPolicy)).rejects.toMatchObject({
        code: "invalid_request",
      });
    const tagged = { email: "ada@example.com", addTags: ["web"] } as unknown as { email: string };
    expect(await contacts.ensure(tagged, { strategy: "oneCall" })).toMatchObject({ outcome: "rejected", fields: [{ field: "addTags" }] });
  });
});
