import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createContacts, type CarefulPolicy, type Person } from "../../src/contacts/index.ts";
import { locationOnEmulator } from "../location-on-emulator.ts";

interface Step {
  readonly person: Person;
  readonly policy: CarefulPolicy;
}

/** Few values, so that identifiers meet. */
const step: fc.Arbitrary<Step> = fc.record({
  person: fc.record(
    {
      email: fc.constantFrom("a@example.com", "B@Example.com", "c@example.com"),
      phone: fc.constantFrom("+12025550141", "(202) 555-0142", "+12025550143"),
      firstName: fc.constantFrom("Ada", "Grace"),
      fields: fc.constantFrom({ pet_name: "Rex" }, { interests: ["Braces"] }, { budget: 5 }),
      addTags: fc.subarray(["web", "VIP"]),
    },
    { requiredKeys: [] },
  ),
  policy: fc.record(
    {
      onConflict: fc.constantFrom("fail", "preferEmail", "preferPhone"),
      existing: fc.constantFrom("update", "fill"),
      match: fc.constantFrom(["email", "phone"], ["phone", "email"], ["email"]),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<CarefulPolicy>,
});

describe.each([{ allowDuplicates: false }, { allowDuplicates: true }])("ensure, careful, with %o", (options) => {
  const { emulator, location } = locationOnEmulator(options);
  const all = async () => {
    const { contacts } = await location.contacts.search({ body: { pageLimit: 100 } });
    return new Map(contacts.map((contact) => [contact.id, contact]));
  };

  it("loses no tag, phone or e-mail, doubles no contact, and finds everything done when it is called again", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        emulator.reset();
        const contacts = createContacts(location);
        for (const { person, policy } of steps) {
          const before = await all();
          const result = await contacts.ensure(person, policy);
          const after = await all();
          for (const [id, was] of before) {
            const is = after.get(id);
            expect(is?.tags).toEqual(expect.arrayContaining(was.tags ?? []));
            if (was.email) expect(is?.email).toBe(was.email);
            if (was.phone) expect(is?.phone).toBe(was.phone);
          }
          const emails = [...after.values()].flatMap(({ email }) => email ?? []);
          expect(new Set(emails).size).toBe(emails.length);
          const changes = "contact" in result && result.outcome !== "unchanged";
          if (!changes) expect(after).toEqual(before);
          expect(after.size).toBe(before.size + (result.outcome === "created" ? 1 : 0));
          const again = await contacts.ensure(person, policy);
          expect(again.outcome).toBe(changes ? "unchanged" : result.outcome);
          expect(await all()).toEqual(after);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("ensure, after a lost answer", () => {
  it("finds what was written, and writes the rest", async () => {
    const { emulator, location } = locationOnEmulator();
    const contacts = createContacts(location);
    const person: Person = { email: "ada@example.com", phone: "+12025550143", firstName: "Ada", addTags: ["web"] };
    for (const operation of ["contacts.create", "contacts.update", "contacts.addTags"]) {
      emulator.reset();
      if (operation !== "contacts.create") await location.contacts.create({ body: { email: "ada@example.com" } });
      emulator.faults.add({ operation, kind: "lost-answer", afterEffect: true, times: 1 });
      await expect(contacts.ensure(person)).rejects.toMatchObject({ code: expect.stringMatching(/^(network|outcome_unknown)$/) });
      const again = await contacts.ensure(person);
      expect(again).toMatchObject({ contact: { phone: "+12025550143", firstName: "Ada", tags: ["web"] } });
      expect((await location.contacts.search({ body: { pageLimit: 100 } })).total).toBe(1);
    }
  });
});
