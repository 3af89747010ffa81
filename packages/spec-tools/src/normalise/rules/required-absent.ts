import type { Rule } from "../rule.ts";
import { walkSchemas } from "../schema-walk.ts";

/** `required` names a field that is not there: renamed or dropped by the vendor, and forgotten. */
export const requiredAbsent: Rule = {
  name: "required-absent",
  repairs: "required field that the object does not have, dropped from the list",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      if (schema.required === undefined) return;
      const present = schema.properties === undefined ? [] : schema.required.filter((name) => schema.properties?.[name] !== undefined);
      // An object that is put together of several says its required fields here and has them there.
      if (schema.allOf !== undefined || present.length === schema.required.length) return;
      repaired(pointer, schema.required.filter((name) => !present.includes(name)).join(", "));
      if (present.length === 0) delete schema.required;
      else schema.required = present;
    });
  },
};
