import { isBareObject } from "../bare-object.ts";
import { inferSchema, isWrittenObject } from "../infer-schema.ts";
import type { Rule } from "../rule.ts";
import { walkSchemas } from "../schema-walk.ts";
import type { Json } from "../source-document.ts";

/** "object" that is really a word or a number: the vendor's generator writes enums and dates so. */
export const objectToScalar: Rule = {
  name: "object-to-scalar",
  repairs: "bare object whose enum or example is a scalar, given that type",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      const sample: Json | undefined = schema.enum?.[0] ?? schema.default ?? schema.example;
      if (!isBareObject(schema) || sample === undefined || sample === null || typeof sample === "object" || isWrittenObject(sample)) return;
      delete schema.properties;
      schema.type = typeof sample;
      repaired(pointer, schema.type);
    });
  },
};

/** A bare object with an example: the fields of the example are the fields we know. It stays open. */
export const objectShape: Rule = {
  name: "object-shape",
  repairs: "bare object, given the fields of its example and left open",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      const { example } = schema;
      if (!isBareObject(schema) || typeof example !== "object" || example === null) return;
      if (Array.isArray(example)) {
        const shape = inferSchema(example);
        schema.type = "array";
        if (shape.items) schema.items = shape.items;
        delete schema.properties;
      } else if (Object.keys(example).length > 0) {
        Object.assign(schema, inferSchema(example));
      } else return;
      repaired(pointer);
    });
  },
};

/** Whatever object is still bare may hold anything. */
export const objectOpen: Rule = {
  name: "object-open",
  repairs: "object without fields, declared open",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      if (!isBareObject(schema)) return;
      delete schema.properties;
      schema.additionalProperties = true;
      repaired(pointer);
    });
  },
};
