import { stripTypeScriptTypes } from "node:module";
import type { FieldDataType, FieldDefinition } from "@ghlkit/crm/fields";
import fc from "fast-check";
import { expect, it } from "vitest";
import { renderFieldMap } from "../../src/fields/render-field-map.ts";

const types: readonly FieldDataType[] = ["TEXT", "MONETORY", "RADIO", "MULTIPLE_OPTIONS", "DATE", "TEXTBOX_LIST", "FILE_UPLOAD", "UNKNOWN"];

function field(key: string, name: string, dataType: FieldDataType, options: readonly string[] = []): FieldDefinition {
  const choices = options.map((value) => ({ value, label: value }));
  const base = { id: key, fieldKey: `contact.${key}`, model: "contact" as const, allowsCustomOption: false, maxFiles: undefined };
  return { ...base, key, name, dataType, options: choices } as FieldDefinition;
}

it("is TypeScript that declares types alone, whatever people have called their fields", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom('*/ alert("x") /*', "a\nb", '"; }', "`${x}`", "\u2028", "__proto__"),
  );
  const fields = fc.array(fc.tuple(text, text, fc.constantFrom(...types), fc.array(text)));
  fc.assert(
    fc.property(fields, (list) => {
      const code = renderFieldMap(
        list.map((one) => field(...one)),
        [],
      );
      // Only a comment and the import may be left when types are taken out.
      const left = stripTypeScriptTypes(code)
        .replaceAll(/\/\*.*?\*\//gsu, "")
        .replaceAll(/^\/\/[^\n]*$/gmu, "")
        .trim();
      expect(left).toBe("");
    }),
  );
});

it("has the options of a field, and any text where the field takes others", () => {
  const plan = field("plan", "Plan", "RADIO", ["free", 'the "pro"']);
  expect(renderFieldMap([plan], [])).toContain('readonly plan: "free" | "the \\"pro\\"";');
  expect(renderFieldMap([{ ...plan, allowsCustomOption: true }], [])).toContain('"free" | "the \\"pro\\"" | (string & {});');
  expect(renderFieldMap([field("1/4 mile", "", "FILE_UPLOAD")], [])).toContain('readonly "1/4 mile": readonly FieldFile[];');
});
