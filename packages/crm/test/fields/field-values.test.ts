import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkFieldValue } from "../../src/fields/check-field-value.ts";
import type { FieldDataType, FieldDefinition } from "../../src/fields/field-definition.ts";
import type { FieldInput } from "../../src/fields/field-value.ts";
import { readFieldValue } from "../../src/fields/read-field-value.ts";
import { sameFieldValue } from "../../src/fields/same-field-value.ts";

function field(dataType: FieldDataType, more: Partial<FieldDefinition> = {}): FieldDefinition {
  const base = { id: "f", key: "k", fieldKey: "contact.k", name: "K", model: "contact", allowsCustomOption: false, maxFiles: undefined };
  return { ...base, dataType, options: [{ value: "Pro", label: "Pro" }], ...more } as FieldDefinition;
}

describe("readFieldValue", () => {
  it.each<[FieldDataType, unknown, unknown]>([
    ["TEXT", "x", "x"],
    ["TEXT", 5, "5"],
    ["RADIO", ["Pro"], "Pro"],
    ["NUMERICAL", "1,500.5", 1500.5],
    ["MONETORY", 12.5, 12.5],
    ["MONETORY", "much", undefined],
    ["CHECKBOX", "Pro", ["Pro"]],
    ["MULTIPLE_OPTIONS", ["a", "b"], ["a", "b"]],
    ["DATE", 1_767_225_600_000, "2026-01-01"],
    ["DATE", "1767225600000", "2026-01-01"],
    ["DATE", "-315619200000", "1960-01-01"],
    ["DATE", "20260101", undefined],
    ["DATE", "2026-01-01T23:30:00-05:00", "2026-01-02"],
    ["DATE", "2026-02-30", undefined],
    ["TEXTBOX_LIST", { a: "1" }, { a: "1" }],
    [
      "FILE_UPLOAD",
      { u1: { url: "https://x/1", meta: { originalname: "a.pdf", size: 3 } } },
      [{ url: "https://x/1", id: "u1", name: "a.pdf", sizeBytes: 3 }],
    ],
    ["FILE_UPLOAD", [{ url: "https://x/1" }], [{ url: "https://x/1" }]],
    ["SIGNATURE", "https://x/1", [{ url: "https://x/1" }]],
    ["UNKNOWN", { any: 1 }, { any: 1 }],
    ["TEXT", "", undefined],
    ["TEXT", null, undefined],
  ])("reads %s %o", (dataType, wire, value) => expect(readFieldValue(field(dataType), wire)).toEqual(value));
});

describe("checkFieldValue", () => {
  it.each<[FieldDataType, unknown, unknown]>([
    ["TEXT", 5, "invalid_value"],
    ["RADIO", "pro", "invalid_option"],
    ["RADIO", "Pro ", "invalid_option"],
    ["CHECKBOX", ["Pro", "pro"], "invalid_option"],
    ["CHECKBOX", "Pro", "invalid_option"],
    ["MONETORY", "1,500", "invalid_number"],
    ["NUMERICAL", Number.NaN, "invalid_number"],
    ["DATE", "01/02/2026", "invalid_date"],
    ["DATE", 5, "invalid_date"],
    ["TEXTBOX_LIST", { other: "1" }, "invalid_option"],
    ["FILE_UPLOAD", [{ url: "ftp://x/1" }], "invalid_file"],
    ["FILE_UPLOAD", ["https://x/1"], "invalid_file"],
  ])("refuses %s %o", (dataType, input, why) => expect(checkFieldValue(field(dataType), input as FieldInput)).toEqual({ why }));

  it("takes a value beside the options where the field allows it, and no more files than it takes", () => {
    expect(checkFieldValue(field("RADIO", { allowsCustomOption: true }), "gold")).toEqual({ value: "gold" });
    const files = [{ url: "https://x/1" }, { url: "https://x/2" }];
    expect(checkFieldValue(field("FILE_UPLOAD", { maxFiles: 1 }), files)).toEqual({ why: "invalid_file" });
  });

  it("sends nothing that reads back as something else", () => {
    const inputs: fc.Arbitrary<readonly [FieldDataType, FieldInput]> = fc.oneof(
      fc.tuple(fc.constantFrom<FieldDataType>("TEXT", "LARGE_TEXT"), fc.string()),
      fc.tuple(fc.constantFrom<FieldDataType>("NUMERICAL", "MONETORY"), fc.double({ noNaN: true, noDefaultInfinity: true })),
      fc.tuple(
        fc.constant<FieldDataType>("DATE"),
        fc.date({ min: new Date("1000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
      ),
      fc.tuple(fc.constant<FieldDataType>("MULTIPLE_OPTIONS"), fc.subarray(["Pro"])),
    );
    fc.assert(
      fc.property(inputs, ([dataType, input]) => {
        const definition = field(dataType);
        const checked = checkFieldValue(definition, input);
        if ("why" in checked) throw new Error(checked.why);
        expect(sameFieldValue(definition, checked.value, JSON.parse(JSON.stringify(checked.value)))).toBe(true);
        if (input instanceof Date) expect(checked.value).toBe(input.toISOString().slice(0, 10));
      }),
    );
  });
});

describe("sameFieldValue", () => {
  it.each<[FieldDataType, unknown, unknown, boolean]>([
    ["MULTIPLE_OPTIONS", ["a", "b"], ["b", "a"], true],
    ["MULTIPLE_OPTIONS", [], undefined, true],
    ["DATE", "2026-01-01", 1_767_225_600_000, true],
    ["MONETORY", 1500, "1,500", true],
    ["TEXT", "a", "A", false],
    ["TEXT", "", undefined, true],
    ["NUMERICAL", 0, undefined, false],
  ])("of %s: %o and %o: %s", (dataType, a, b, same) => expect(sameFieldValue(field(dataType), a, b)).toBe(same));
});
