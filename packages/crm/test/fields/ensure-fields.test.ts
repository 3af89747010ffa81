import { describe, expect, it } from "vitest";
import { ensureFields, wantedFields, type WantedField } from "../../src/fields/index.ts";
import { locationOnEmulator } from "../location-on-emulator.ts";

const plan: WantedField = { model: "contact", key: "plan", name: "Plan", dataType: "RADIO", options: ["free", "pro"] };

describe("ensureFields", () => {
  it("creates what is missing once, and only when it is asked to", async () => {
    const { location, called } = locationOnEmulator();
    expect(await ensureFields(location, [plan], { apply: false })).toMatchObject({ outcome: "lacking", missing: [plan], created: [] });
    expect(called()).toEqual([]);
    const made = await ensureFields(location, [plan], { apply: true });
    expect(made).toMatchObject({ outcome: "created", created: [{ key: "plan", dataType: "RADIO" }], differences: [] });
    expect(await ensureFields(location, [plan], { apply: true })).toMatchObject({ outcome: "complete", missing: [] });
    expect(called()).toEqual(["locations.createCustomField"]);
  });

  it("refuses a type that there is not, and a field that is wanted twice, before anything is created", async () => {
    const { location, called } = locationOnEmulator();
    const wrong = [
      [plan, { ...plan, key: "size", name: "Size", dataType: "TXT" } as unknown as WantedField],
      [plan, plan],
    ];
    for (const wanted of wrong)
      await expect(ensureFields(location, wanted, { apply: true })).rejects.toMatchObject({ code: "invalid_request" });
    expect(called()).toEqual([]);
  });

  it("knows a field by its name, and takes over the fields of another location as they are", async () => {
    const { location } = locationOnEmulator();
    const wanted = await wantedFields(location);
    expect(await ensureFields(location, wanted, { apply: false })).toMatchObject({ outcome: "complete" });
    const named: WantedField = { model: "contact", key: "animal", name: "pet NAME", dataType: "TEXT" };
    expect(await ensureFields(location, [named], { apply: true })).toMatchObject({
      outcome: "different",
      differences: [{ what: "key", wanted: "animal", found: "pet_name" }],
    });
  });
});
