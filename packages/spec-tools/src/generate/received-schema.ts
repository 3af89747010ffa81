import type { Schema } from "./document.ts";
import { rewriteSchema } from "./rewrite-schema.ts";

/** A schema as an answer is read: enums open to values to come, fields optional unless known to be always there. */
export function asReceived(schema: Schema): Schema {
  return rewriteSchema(schema, (one) => {
    const { required: _, ...rest } = one;
    const always = (one["x-always"] ?? []).filter((name) => one.properties?.[name] !== undefined);
    return { ...rest, ...(always.length === 0 ? {} : { required: always }), ...(one.enum === undefined ? {} : { "x-open": true }) };
  });
}
