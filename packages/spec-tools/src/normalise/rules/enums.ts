import type { Rule } from "../rule.ts";
import { walkSchemas } from "../schema-walk.ts";

/** An enum that is a list in a list. */
export const enumNested: Rule = {
  name: "enum-nested",
  repairs: "enum given as a list in a list, flattened",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      if (!schema.enum?.some(Array.isArray)) return;
      schema.enum = schema.enum.flat();
      repaired(pointer);
    });
  },
};

/** An enum that names a value twice. */
export const enumDuplicates: Rule = {
  name: "enum-duplicates",
  repairs: "value named twice in an enum, dropped",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      if (schema.enum === undefined) return;
      const distinct = [...new Set(schema.enum)];
      if (distinct.length === schema.enum.length) return;
      schema.enum = distinct;
      repaired(pointer);
    });
  },
};

/** The values of an enum are on the wire; a type that none of them has is wrong. */
export const enumType: Rule = {
  name: "enum-type",
  repairs: "type that contradicts all values of the enum, corrected",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      const [first] = schema.enum ?? [];
      if (typeof schema.type !== "string" || first === undefined || first === null || typeof first === "object") return;
      const type = typeof first;
      const fits = schema.type === "integer" ? "number" : schema.type;
      if (fits === type || !schema.enum?.every((value) => typeof value === type)) return;
      schema.type = type;
      repaired(pointer, `${fits} -> ${type}`);
    });
  },
};
