import { describe, expect, it } from "vitest";
import { locationOnEmulator } from "../location-on-emulator.ts";
import { ada, setUp } from "./careful-ensure.ts";

describe("ensure, where the location refuses duplicates", () => {
  it("creates a new person with one call, its fields and tags included", async () => {
    const { ensure, called, emulator } = setUp();
    const person = { ...ada, fields: { pet_name: "Rex", budget: 5000, renewal_date: "2026-03-01T10:00:00Z" }, addTags: ["Web ", "web"] };
    const result = await ensure(person);
    expect(result).toMatchObject({ outcome: "created", ignored: [], overwrote: [], calls: 1 });
    expect(called()).toEqual(["contacts.create"]);
    const { contact } = result as { contact: Record<string, unknown> };
    expect(contact).toMatchObject({ email: "ada@example.com", phone: "+12025550143", firstName: "Ada", tags: ["web"] });
    expect(contact["customFields"]).toEqual([
      { id: emulator.seed.customFieldIds["contact.pet_name"], value: "Rex" },
      { id: emulator.seed.customFieldIds["contact.budget"], value: 5000 },
      { id: emulator.seed.customFieldIds["contact.renewal_date"], value: "2026-03-01" },
    ]);
  });

  it("adopts the contact that the refusal names, keeps its tags and writes only what differs", async () => {
    const { ensure, called, contact, read } = setUp();
    const id = await contact({ email: "ada@example.com", phone: "+12025550143", firstName: "Augusta", tags: ["vip"] });
    const result = await ensure({ ...ada, addTags: ["web"] });
    expect(result).toMatchObject({
      outcome: "updated",
      contact: { id, tags: ["vip", "web"] },
      overwrote: [{ field: "firstName", before: "Augusta" }],
    });
    expect(called()).toEqual(["contacts.create", "contacts.get", "contacts.update", "contacts.addTags"]);
    expect(await read(id)).toMatchObject({ firstName: "Ada", tags: ["vip", "web"], phone: "+12025550143" });
  });

  it("changes nothing where all of it is there", async () => {
    const { ensure, called, contact } = setUp();
    const id = await contact({ email: "ada@example.com", phone: "+12025550143", firstName: "Ada", tags: ["web"] });
    expect(await ensure({ ...ada, addTags: ["Web"] })).toMatchObject({ outcome: "unchanged", contact: { id }, calls: 2 });
    expect(called()).toEqual(["contacts.create", "contacts.get"]);
  });

  it("fills a missing phone, and keeps another one unless it is asked to replace it", async () => {
    const { ensure, contact, read } = setUp();
    const id = await contact({ email: "ada@example.com" });
    expect(await ensure(ada)).toMatchObject({ outcome: "updated", contact: { id, phone: "+12025550143" } });
    const other = { email: ada.email, phone: "+12025550199" };
    expect(await ensure(other)).toMatchObject({ outcome: "unchanged", ignored: [{ field: "phone", why: "kept" }] });
    expect((await read(id)).phone).toBe("+12025550143");
    const replaced = await ensure(other, { primaryPhone: "replace" });
    expect(replaced).toMatchObject({ outcome: "updated", overwrote: [{ field: "phone", before: "+12025550143" }] });
    expect((await read(id)).phone).toBe("+12025550199");
  });

  it.each([
    ["shows", [{ email: "ada@example.com" }], []],
    ["does not show", [], [{ field: "email", why: "kept" }]],
  ])(
    "keeps the primary e-mail of a contact that has the given one as an additional one, and %s it",
    async (_, additionalEmails, ignored) => {
      const sent: unknown[] = [];
      const setting = locationOnEmulator({}, async (request, answer) => {
        if (request.method === "PUT") sent.push(await request.json());
        if (!/\/contacts\/(\w{20}|search\/duplicate.*)$/.test(request.url)) return answer;
        const { contact, ...rest } = (await answer.json()) as { contact: object };
        return Response.json({ ...rest, contact: { ...contact, email: "old@example.com", additionalEmails } });
      });
      const { ensure, contact } = setUp(setting);
      await contact({ email: "ada@example.com" });
      const result = await ensure({ email: ada.email, firstName: "Ada" });
      expect(result).toMatchObject({ outcome: "updated", contact: { email: "old@example.com" }, ignored });
      expect(sent).toEqual([{ firstName: "Ada" }]);
    },
  );

  it("fills only what is empty when that is asked for", async () => {
    const { ensure, contact } = setUp();
    await contact({ email: "ada@example.com", firstName: "Augusta" });
    const result = await ensure({ email: ada.email, firstName: "Ada", lastName: "King" }, { existing: "fill" });
    expect(result).toMatchObject({
      outcome: "updated",
      contact: { firstName: "Augusta", lastName: "King" },
      ignored: [{ field: "firstName", why: "kept" }],
    });
  });

  it("reports an e-mail and a phone of two contacts, and changes neither", async () => {
    const { ensure, called, contact, read } = setUp();
    const byEmail = await contact({ email: "ada@example.com", firstName: "Ada" });
    const byPhone = await contact({ phone: "+12025550143", firstName: "Grace" });
    const result = await ensure({ ...ada, firstName: "Other", addTags: ["web"] });
    expect(result).toEqual({ outcome: "conflict", byExternalId: undefined, byEmail, byPhone, calls: 3 });
    expect(called()).toEqual(["contacts.create", "contacts.get", "contacts.findDuplicate"]);
    expect(await read(byEmail)).toMatchObject({ firstName: "Ada", tags: [] });
    expect(await read(byPhone)).toMatchObject({ firstName: "Grace", tags: [] });
  });

  it("loses nothing when another process takes the phone in the meantime", async () => {
    let hides = true;
    const setting = locationOnEmulator({}, ({ url }, answer) =>
      hides && url.includes("/search/duplicate") ? Response.json({ contact: null }) : answer,
    );
    const { ensure, contact, read } = setUp(setting);
    const byEmail = await contact({ email: "ada@example.com" });
    const byPhone = await contact({ phone: "+12025550143" });
    expect(await ensure({ ...ada, firstName: "Other" })).toMatchObject({ outcome: "conflict", byEmail, byPhone });
    expect((await read(byEmail)).firstName).toBeUndefined();
    const result = await ensure(ada, { onConflict: "preferEmail" });
    expect(result).toMatchObject({
      outcome: "updated",
      contact: { id: byEmail, firstName: "Ada" },
      ignored: [{ field: "phone", why: "taken" }],
    });
    hides = false;
    expect((await read(byPhone)).firstName).toBeUndefined();
  });

  it.each([
    ["preferEmail", "email", "phone"],
    ["preferPhone", "phone", "email"],
  ] as const)("goes by one of them under %s, and leaves the other out", async (onConflict, kept, left) => {
    const { ensure, contact, read } = setUp();
    const ids = { email: await contact({ email: "ada@example.com" }), phone: await contact({ phone: "+12025550143" }) };
    const result = await ensure(ada, { onConflict });
    expect(result).toMatchObject({
      outcome: "updated",
      contact: { id: ids[kept], firstName: "Ada" },
      ignored: [{ field: left, why: "taken" }],
    });
    expect((await read(ids[left])).firstName).toBeUndefined();
  });

  it("counts an identifier that the policy does not match by as a conflict, or creates without it", async () => {
    const { ensure, contact } = setUp();
    const byPhone = await contact({ phone: "+12025550143" });
    expect(await ensure(ada, { match: ["email"] })).toMatchObject({ outcome: "conflict", byEmail: undefined, byPhone });
    const result = await ensure(ada, { match: ["email"], onConflict: "preferEmail" });
    expect(result).toMatchObject({
      outcome: "created",
      contact: { email: "ada@example.com" },
      ignored: [{ field: "phone", why: "taken" }],
    });
  });

  it("rejects what the platform would refuse or drop, and sends nothing", async () => {
    const { ensure, called } = setUp();
    const result = await ensure({
      email: "ada@",
      phone: "12",
      dateOfBirth: "31 December",
      fields: { pet: "Rex", interests: ["Braces", "braces"], budget: "5,000" as never, renewal_date: "2026-02-30" },
    });
    expect(result).toEqual({
      outcome: "rejected",
      calls: 0,
      fields: [
        { field: "email", why: "invalid_email" },
        { field: "phone", why: "invalid_phone" },
        { field: "dateOfBirth", why: "invalid_date" },
        { field: "pet", why: "unknown_field" },
        { field: "interests", why: "invalid_option" },
        { field: "budget", why: "invalid_number" },
        { field: "renewal_date", why: "invalid_date" },
      ],
    });
    expect(await ensure({ firstName: "Ada" })).toMatchObject({ outcome: "rejected", fields: [{ why: "missing_identity" }] });
    expect(called()).toEqual([]);
  });

  it("reports a refusal of the platform by its fields", async () => {
    const { ensure } = setUp(
      locationOnEmulator({}, ({ method }, answer) =>
        method === "POST" ? Response.json({ statusCode: 422, message: ["timezone must be a valid zone"] }, { status: 422 }) : answer,
      ),
    );
    const message = "timezone must be a valid zone";
    expect(await ensure({ ...ada, timezone: "Moon" })).toMatchObject({
      outcome: "rejected",
      fields: [{ field: "timezone", why: "refused", message }],
    });
  });

  it("throws when tags are refused after the rest was written, since then something was changed", async () => {
    const setting = locationOnEmulator({}, ({ url }, answer) =>
      url.endsWith("/tags") ? Response.json({ statusCode: 422, message: ["tags must be shorter"] }, { status: 422 }) : answer,
    );
    const { ensure, contact } = setUp(setting);
    await contact({ email: "ada@example.com" });
    await expect(ensure({ ...ada, addTags: ["web"] })).rejects.toMatchObject({ code: "validation" });
  });

  it("runs two of one person one after the other", async () => {
    const { ensure, emulator } = setUp();
    const results = await Promise.all([ensure(ada), ensure({ email: ada.email }), ensure({ phone: ada.phone })]);
    expect(results.filter(({ outcome }) => outcome === "created")).toHaveLength(1);
    expect(new Set(results.map((result) => "contact" in result && result.contact.id)).size).toBe(1);
    expect(emulator.requests().filter(({ operation, status }) => operation === "contacts.create" && status < 300)).toHaveLength(1);
  });
});

describe("ensure, where the location takes duplicates", () => {
  const taking = () => setUp(locationOnEmulator({ allowDuplicates: true }));

  it("looks first: two calls for a new person, and for one that is there", async () => {
    const { ensure, called, contact } = taking();
    expect(await ensure(ada)).toMatchObject({ outcome: "created", calls: 2 });
    expect(called()).toEqual(["contacts.findDuplicate", "contacts.create"]);
    const id = await contact({ email: "grace@example.com", phone: "+12025550144" });
    const grace = { email: "grace@example.com", phone: "+12025550144", lastName: "Hopper" };
    expect(await ensure(grace)).toMatchObject({ outcome: "updated", contact: { id }, calls: 2 });
  });

  it("finds the other contact of a conflict", async () => {
    const { ensure, contact } = taking();
    const byEmail = await contact({ email: "ada@example.com" });
    const byPhone = await contact({ phone: "+12025550143" });
    expect(await ensure(ada)).toMatchObject({ outcome: "conflict", byEmail, byPhone, calls: 2 });
  });

  it("knows a contact of its own before the platform's look-up shows it", async () => {
    const setting = locationOnEmulator({ allowDuplicates: true }, (request, answer) =>
      request.url.includes("/search/duplicate") ? Response.json({ contact: null }) : answer,
    );
    const { ensure, clock } = setUp(setting);
    expect(await ensure(ada)).toMatchObject({ outcome: "created" });
    expect(await ensure({ email: ada.email })).toMatchObject({ outcome: "unchanged" });
    expect(await ensure({ phone: ada.phone })).toMatchObject({ outcome: "unchanged" });
    await clock.advance(31_000);
    expect(await ensure({ email: ada.email })).toMatchObject({ outcome: "created" });
  });

  it("searches by an identifier that the location's own look-up leaves out", async () => {
    const setting = locationOnEmulator({ allowDuplicates: true }, async ({ method, url }, answer) => {
      if (url.includes("/search/duplicate") && url.includes("number=")) return Response.json({ contact: null });
      if (method !== "GET" || !/\/locations\/\w+$/.test(url)) return answer;
      const { location } = (await answer.json()) as { location: { settings: object } };
      const settings = { ...location.settings, allowDuplicateContact: false, contactUniqueIdentifiers: ["email"] };
      return Response.json({ location: { ...location, settings } });
    });
    const { ensure, contact, called } = setUp(setting);
    const id = await contact({ phone: "+12025550143" });
    expect(await ensure({ phone: ada.phone, firstName: "Ada" })).toMatchObject({ outcome: "updated", contact: { id, firstName: "Ada" } });
    expect(called()).toEqual(["contacts.search", "contacts.get", "contacts.update"]);
  });

  it("looks first where the settings do not say that duplicates are refused", async () => {
    const setting = locationOnEmulator({ allowDuplicates: true }, async ({ url }, answer) => {
      if (!/\/locations\/\w+$/.test(url)) return answer;
      const { location } = (await answer.json()) as { location: object };
      return Response.json({ location: { ...location, settings: undefined } });
    });
    const { ensure, contact } = setUp(setting);
    const id = await contact({ email: "ada@example.com", phone: "+12025550143" });
    expect(await ensure(ada)).toMatchObject({ outcome: "updated", contact: { id } });
  });

  it("looks first where the settings may not be read", async () => {
    const setting = locationOnEmulator({}, ({ url }, answer) =>
      /\/locations\/\w+$/.test(url)
        ? Response.json({ statusCode: 401, message: "The token is not authorized for this scope." }, { status: 401 })
        : answer,
    );
    const { ensure, called } = setUp(setting, { country: "US" });
    expect(await ensure(ada)).toMatchObject({ outcome: "created" });
    expect(called()).toEqual(["contacts.findDuplicate", "contacts.create"]);
  });
});
