import { createManualClock } from "@ghlkit/core/testing";
import { describe, expect, it } from "vitest";
import { createFields, type FieldsClient } from "../../src/fields/index.ts";
import { locationOnEmulator } from "../location-on-emulator.ts";

/** A location whose definitions are read from a list, one call after the other. */
function countingLocation(...answers: readonly (readonly object[])[]) {
  const reads: (string | undefined)[] = [];
  const listCustomFields = async ({ model }: { model?: string } = {}) => {
    reads.push(model);
    return { customFields: answers[Math.min(reads.length, answers.length) - 1] };
  };
  return { location: { locations: { listCustomFields } } as unknown as FieldsClient, reads };
}

const plan = { id: "f1", name: "Plan", fieldKey: "contact.plan", dataType: "RADIO", picklistOptions: ["free", "Pro"] };
const folder = { id: "f0", name: "More", documentType: "folder" };
const late = { id: "f2", name: "Late", fieldKey: "contact.late", dataType: "DATE" };

describe("createFields", () => {
  it("reads definitions once for all who ask at the same time", async () => {
    const { location, reads } = countingLocation([plan, folder]);
    const fields = createFields(location);
    await Promise.all([fields.get("contact", "plan"), fields.list("contact"), fields.write("contact", { "contact.plan": "Pro" })]);
    expect(reads).toEqual(["contact"]);
    expect(await fields.list("contact")).toMatchObject([
      { key: "plan", dataType: "RADIO", options: [{ value: "free" }, { value: "Pro" }] },
    ]);
    await fields.list("opportunity");
    expect(reads).toEqual(["contact", "opportunity"]);
  });

  it("reads them again for a key that is not there, but not at each one", async () => {
    const clock = createManualClock();
    const { location, reads } = countingLocation([plan], [plan, late]);
    const fields = createFields(location, { clock, missMs: 1_000 });
    await fields.list("contact");
    expect(await fields.write("contact", { late: "2026-01-01" })).toMatchObject({ outcome: "rejected" });
    await clock.advance(1_000);
    expect(await fields.write("contact", { late: "2026-01-01" })).toMatchObject({ outcome: "valid" });
    for (let index = 0; index < 5; index += 1) await fields.get("contact", `wrong_${index}`);
    expect(reads).toHaveLength(2);
    await clock.advance(600_000);
    await fields.list("contact");
    expect(reads).toHaveLength(3);
  });

  it("tries again after a failure", async () => {
    let calls = 0;
    const listCustomFields = async () => {
      if ((calls += 1) === 1) throw new Error("down");
      return { customFields: [plan] };
    };
    const fields = createFields({ locations: { listCustomFields } } as unknown as FieldsClient);
    await expect(fields.list("contact")).rejects.toThrow("down");
    expect(await fields.list("contact")).toHaveLength(1);
  });

  it("writes and reads values of contacts, opportunities and custom objects in one shape", async () => {
    const listByObjectKey = async () => ({
      fields: [{ id: "o1", fieldKey: "custom_objects.pet.colour", dataType: "SINGLE_OPTIONS", options: [{ key: "red", label: "Red" }] }],
    });
    const { location } = countingLocation([plan, late]);
    const fields = createFields({ ...location, customFields: { listByObjectKey } } as unknown as FieldsClient);
    expect(await fields.write("contact", { plan: "Pro", late: null })).toMatchObject({
      outcome: "valid",
      customFields: [
        { id: "f1", fieldValue: "Pro" },
        { id: "f2", fieldValue: "" },
      ],
    });
    expect(await fields.write("custom_objects.pet", { colour: "red" })).toMatchObject({ properties: { colour: "red" } });
    expect(await fields.write("custom_objects.pet", { colour: "Red" })).toEqual({
      outcome: "rejected",
      fields: [{ field: "colour", why: "invalid_option" }],
    });
    const spellings: readonly object[] = [
      { id: "f1", value: "Pro" },
      { id: "f1", fieldValue: "Pro" },
      { id: "f1", fieldValueString: "Pro", type: "string" },
      { key: "plan", field_value: "Pro" },
      { key: "contact.plan", value: "Pro" },
    ];
    for (const spelling of spellings) expect(await fields.read("contact", [spelling])).toEqual({ plan: "Pro" });
    expect(await fields.read("custom_objects.pet", { colour: "red" })).toEqual({ colour: "red" });
    expect(await fields.read("contact", undefined)).toEqual({});
  });

  it("needs customFields for custom objects alone", async () => {
    const { location } = countingLocation([]);
    await expect(createFields(location).list("custom_objects.pet")).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("reads a contact's values on the emulator by key", async () => {
    const { location } = locationOnEmulator();
    const fields = createFields(location);
    const written = await fields.write("contact", { pet_name: "Rex", interests: ["Braces"], budget: 12.5, renewal_date: new Date(0) });
    if (written.outcome === "rejected") throw new Error("rejected");
    const { contact } = await location.contacts.create({ body: { email: "ada@example.com", customFields: written.customFields } });
    const values = { pet_name: "Rex", interests: ["Braces"], budget: 12.5, renewal_date: "1970-01-01" };
    expect(await fields.read("contact", contact.customFields)).toEqual(values);
  });
});
