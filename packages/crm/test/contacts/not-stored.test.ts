import { describe, expect, it } from "vitest";
import { locationOnEmulator } from "../location-on-emulator.ts";
import { ada, setUp } from "./careful-ensure.ts";

describe("what the platform leaves out", () => {
  /** Answers of writes whose contact lacks a field, in the answer alone or for good. */
  const dropping = (field: string, { forGood }: { readonly forGood: boolean }) =>
    locationOnEmulator({}, async ({ method, url }, answer) => {
      const isWrite = method === "POST" || method === "PUT";
      if (!url.includes("/contacts/") || !answer.ok || !(isWrite || forGood)) return answer;
      const body = (await answer.json()) as { contact: Record<string, unknown> };
      const { [field]: _, ...contact } = body.contact;
      return Response.json({ ...body, contact }, { status: answer.status });
    });

  it("is read again, and reported when it is really not there", async () => {
    const { ensure, called } = setUp(dropping("gender", { forGood: true }));
    const result = await ensure({ ...ada, gender: "female" });
    expect(result).toMatchObject({ outcome: "created", ignored: [{ field: "gender", why: "not_stored" }], calls: 2 });
    expect(called()).toEqual(["contacts.create", "contacts.get"]);
  });

  it("counts a day as stored, however the platform writes it", async () => {
    const setting = locationOnEmulator({}, async ({ method, url }, answer) => {
      if (method !== "POST" || !url.endsWith("/contacts/")) return answer;
      const { contact } = (await answer.json()) as { contact: object };
      return Response.json({ contact: { ...contact, dateOfBirth: Date.parse("1960-01-01") } }, { status: 201 });
    });
    const { ensure } = setUp(setting);
    expect(await ensure({ ...ada, dateOfBirth: "1960-01-01" })).toMatchObject({ outcome: "created", ignored: [], calls: 1 });
  });

  it("is not reported when only the answer was old", async () => {
    const { ensure } = setUp(dropping("city", { forGood: false }));
    expect(await ensure({ ...ada, city: "London" })).toMatchObject({
      outcome: "created",
      ignored: [],
      contact: { city: "London" },
      calls: 2,
    });
  });

  it("of an existing contact changes nothing, and overwrites nothing", async () => {
    const setting = dropping("city", { forGood: true });
    const { ensure, contact } = setUp(setting);
    await contact({ email: "ada@example.com", firstName: "Augusta" });
    const only = await ensure({ email: ada.email, city: "London" });
    expect(only).toMatchObject({ outcome: "unchanged", ignored: [{ field: "city", why: "not_stored" }], overwrote: [] });
    const both = await ensure({ email: ada.email, city: "London", firstName: "Ada" });
    expect(both).toMatchObject({ outcome: "updated", overwrote: [{ field: "firstName", before: "Augusta" }] });
  });

  it("is not named among what was overwritten", async () => {
    const setting = locationOnEmulator({}, async ({ method, url }, answer) => {
      if (method !== "GET" && method !== "PUT") return answer;
      if (!/\/contacts\/\w{20}$/.test(url)) return answer;
      const body = (await answer.json()) as { contact: object };
      return Response.json({ ...body, contact: { ...body.contact, city: "Paris" } });
    });
    const { ensure, contact } = setUp(setting);
    await contact({ email: "ada@example.com" });
    expect(await ensure({ email: ada.email, city: "London" })).toMatchObject({
      outcome: "unchanged",
      ignored: [{ field: "city", why: "not_stored" }],
      overwrote: [],
    });
  });

  it("is not missed where the platform changes the case of a name or a country", async () => {
    const setting = locationOnEmulator({}, async ({ method, url }, answer) => {
      if (method !== "POST" || !url.endsWith("/contacts/") || !answer.ok) return answer;
      const { contact } = (await answer.json()) as { contact: object };
      return Response.json({ contact: { ...contact, firstName: "ada", country: "US" } }, { status: 201 });
    });
    const { ensure } = setUp(setting);
    expect(await ensure({ ...ada, country: "us" })).toMatchObject({ outcome: "created", ignored: [], calls: 1 });
    expect(await ensure({ ...ada, country: "US" })).toMatchObject({ outcome: "unchanged" });
  });

  it("is not sent where the platform takes it for new contacts alone", async () => {
    const { ensure, contact, called } = setUp();
    await contact({ email: "ada@example.com" });
    const result = await ensure({ email: ada.email, gender: "female", companyName: "Analytical" });
    expect(result).toMatchObject({
      outcome: "unchanged",
      ignored: [
        { field: "companyName", why: "create_only" },
        { field: "gender", why: "create_only" },
      ],
    });
    expect(called()).toEqual(["contacts.create", "contacts.get"]);
  });
});
