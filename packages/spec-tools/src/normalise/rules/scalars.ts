import { inferItems, inferSchema } from "../infer-schema.ts";
import { rewriteSchema } from "../rewrite-schema.ts";
import type { Rule } from "../rule.ts";
import { walkSchemas } from "../schema-walk.ts";

/** A string whose example is an object or a list. */
export const stringToStructure: Rule = {
  name: "string-to-structure",
  repairs: "string whose example is an object or a list, given that shape",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      const { example } = schema;
      if (schema.type !== "string" || typeof example !== "object" || example === null) return;
      const { description, nullable, deprecated, enum: values } = schema;
      if (values !== undefined && !(Array.isArray(example) && example.every((one) => values.includes(one)))) return;
      rewriteSchema(schema, {
        ...(Array.isArray(example)
          ? { type: "array", items: values ? { type: "string", enum: values } : inferItems(example) }
          : inferSchema(example)),
        ...(description === undefined ? {} : { description }),
        ...(nullable === undefined ? {} : { nullable }),
        ...(deprecated === undefined ? {} : { deprecated }),
      });
      repaired(pointer);
    });
  },
};

/** A number whose example is a word. Parameters keep their type: their examples are often copied from elsewhere. */
export const numberToString: Rule = {
  name: "number-to-string",
  repairs: "number whose example is not a number, made a string",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer, place) => {
      const { example } = schema;
      if (place === "parameter" || schema.type !== "number" || typeof example !== "string") return;
      if (example.trim() === "" || !Number.isNaN(Number(example)) || /\s/.test(example.trim())) return;
      schema.type = "string";
      repaired(pointer);
    });
  },
};

/** An example of null: null is a value of the field. */
export const nullExample: Rule = {
  name: "null-example",
  repairs: "field whose example is null but that is not nullable, made nullable",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      if (schema.example !== null || schema.nullable === true || schema.type === undefined) return;
      schema.nullable = true;
      repaired(pointer);
    });
  },
};
