import { readFile } from "node:fs/promises";
import { createMemoryJournal } from "@ghlkit/storage";
import { createGhl } from "ghlkit";
import { describe, expect, it } from "vitest";
import { locationOnEmulator } from "./location-on-emulator.ts";
import { createMemoryStorage } from "@ghlkit/storage";
import { appointments } from "./samples/appointment.ts";
import { renewal } from "./samples/custom-fields.ts";
import { quote } from "./samples/deals.ts";
import { createBilling, money } from "../src/billing/index.ts";
import { lead } from "./samples/ensure-person.ts";
import { leadIntake } from "./samples/lead-form.ts";
import { lastMessage } from "./samples/last-message.ts";
import { textProvider } from "./samples/provider.ts";
import { disagreements, paidInParts } from "./samples/paid-in-parts.ts";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");

/** A sample is in the README as it stands in its file, which runs here. */
async function inReadme(sample: string): Promise<void> {
  const code = await readFile(new URL(`samples/${sample}.ts`, import.meta.url), "utf8");
  expect(readme).toContain(`\`\`\`ts\n${code}\`\`\``);
}

describe("samples of the README", () => {
  it("ensure a person", async () => {
    await inReadme("ensure-person");
    const { location } = locationOnEmulator();
    const journal = createMemoryJournal();
    const form = { email: "ada@example.com", phone: "+12025550143" };
    expect(await lead(location, journal, form)).toMatch(/^created \w+, left out: $/);
    expect(await lead(location, journal, form)).toMatch(/^unchanged /);
    expect(await lead(location, journal, { ...form, email: "ada" })).toBe("email: invalid_email");
  });

  it("make an invoice of an estimate, and take payments for it", async () => {
    await inReadme("paid-in-parts");
    const { location } = locationOnEmulator();
    const billing = createBilling(location, { journal: createMemoryJournal() });
    const estimates = location.invoices.listEstimates({ limit: "10", offset: "0" }) as unknown as AsyncIterable<{ readonly _id: string }>;
    let estimateId = "";
    for await (const { _id } of estimates) estimateId ||= _id;
    const parts = [{ key: "deposit", amount: money(300, "USD"), by: "cash" as const }];
    expect(await paidInParts(billing, estimateId, parts)).toBe("$600.00 due");
    expect((await disagreements(billing, [])).length).toBeGreaterThan(0);
  });

  it("write and read custom fields", async () => {
    await inReadme("custom-fields");
    const { location } = locationOnEmulator();
    const { contact } = await location.contacts.create({ body: { email: "ada@example.com" } });
    expect(await renewal(location, contact.id)).toBe("2027-01-31");
  });

  it("ensure, move and list deals", async () => {
    await inReadme("deals");
    const { location } = locationOnEmulator();
    const { contact } = await location.contacts.create({ body: { email: "ada@example.com" } });
    expect(await quote(location, contact.id)).toBe("New lead: 0, 0; Contacted: 0, 0; Proposal sent: 1, 1500; Closed: 0, 0");
  });

  it("read a timeline", async () => {
    await inReadme("last-message");
    const { location } = locationOnEmulator();
    const { contact } = await location.contacts.create({ body: { phone: "+12025550143" } });
    await location.conversations.sendMessage({ body: { type: "SMS", contactId: contact.id, message: "Hello" } });
    expect(await lastMessage(location, contact.id)).toBe("Hello");
  });

  it("offer slots and book one of them, once", async () => {
    await inReadme("appointment");
    const { location, emulator } = locationOnEmulator();
    const contactOf = async (email: string): Promise<string> => (await location.contacts.create({ body: { email } })).contact.id;
    const { offer, confirm } = appointments(location, createMemoryJournal(), emulator.seed.calendarId);
    const [slot] = await offer("Pacific/Auckland");
    if (slot === undefined) throw new Error("no slot");
    const contact = await contactOf("ada@example.com");
    const booked = `${slot.startTime} (Pacific/Auckland), for us ${slot.inCalendar.startTime} (America/New_York)`;
    expect([await confirm("form-1", slot, contact), await confirm("form-1", slot, contact)]).toEqual([booked, booked]);
    expect(await confirm("form-2", slot, await contactOf("bo@example.com"))).toMatch(/^gone, free are 2/);
  });

  it("carry a text", async () => {
    await inReadme("provider");
    const { emulator } = locationOnEmulator();
    const { tokens, locationId } = emulator.seed;
    const fetch = (url: string, init: RequestInit): Promise<Response> => emulator.fetch(new Request(url, init));
    const ghl = createGhl({ token: tokens.appLocation, location: locationId, fetch });
    const carrier = { send: () => Promise.resolve({ id: "1" }), find: () => Promise.resolve(undefined) };
    const provider = textProvider(ghl, createMemoryStorage(), carrier);
    expect((await provider.receiver(new Request("https://provider.example", { method: "POST", body: "{}" }))).status).toBe(401);
    expect(await provider.status({ carrierId: "1" }, { status: "delivered" })).toEqual({ outcome: "not_found" });
  });

  it("go from a form to a deal, once", async () => {
    await inReadme("lead-form");
    const { location, called } = locationOnEmulator();
    const submit = leadIntake(location, createMemoryJournal());
    const form = { email: "ada@example.com", phone: "+12025550143", pet: "Rex", value: 90 };
    expect(await submit("submission-4711", form)).toBe("done");
    const { opportunities } = await location.opportunities.search();
    expect(opportunities).toMatchObject([{ name: "Check-up", monetaryValue: 90, contact: { email: "ada@example.com" } }]);
    called();
    expect(await submit("submission-4711", form)).toBe("done");
    expect(called()).toEqual([]);
    expect(await submit("submission-4712", { ...form, email: "ada" })).toBe("gave_up");
  });
});
