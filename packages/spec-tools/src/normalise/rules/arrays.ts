import { inferItems } from "../infer-schema.ts";
import type { Rule } from "../rule.ts";
import { walkSchemas } from "../schema-walk.ts";
import type { Json, SourceSchema } from "../source-document.ts";

/** A list whose items are lists of nothing in particular: the vendor's generator adds the second level. */
export const arrayOfArray: Rule = {
  name: "array-of-array",
  repairs: "list of untyped lists, flattened to one level",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      if (schema.type !== "array" || schema.items?.type !== "array" || saysSomething(schema.items)) return;
      const example = Array.isArray(schema.example) ? schema.example : [];
      schema.items = inferItems(example.some(Array.isArray) ? (example.flat() as Json[]) : example);
      repaired(pointer);
    });
  },
};

function saysSomething(list: SourceSchema): boolean {
  return list.items !== undefined && Object.keys(list.items).some((keyword) => keyword !== "x-unknown");
}

/** A list without `items`, or one whose example shows other items than the schema says. */
export const arrayItems: Rule = {
  name: "array-items",
  repairs: "list of unknown items, or of strings where the example shows objects or numbers: items taken from the example",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      if (schema.type !== "array") return;
      const example = Array.isArray(schema.example) ? schema.example : [];
      if (schema.items === undefined || Object.keys(schema.items).length === 0) {
        schema.items = inferItems(example);
        repaired(pointer);
        return;
      }
      const strings = schema.items.type === "string" && schema.items.enum === undefined && schema.items.format === undefined;
      if (!strings || example.every((value) => typeof value === "string")) return;
      schema.items = inferItems(example);
      repaired(pointer);
    });
  },
};
