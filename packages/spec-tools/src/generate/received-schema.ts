import type { Schema } from "./document.ts";
import { openMarker } from "./open-enums.ts";
import { rewriteSchema } from "./rewrite-schema.ts";

/** A schema as an answer is read: enums open to values to come, fields optional unless known to be always there. */
export function asReceived(schema: Schema): Schema {
  return rewriteSchema(schema, (one) => {
    const { required: _, ...rest } = one;
    const always = (one["x-always"] ?? []).filter((name) => one.properties?.[name] !== undefined);
    return {
      ...rest,
      ...(always.length === 0 ? {} : { required: always }),
      ...(isOpen(one.enum) ? { enum: [...one.enum, openMarker] } : {}),
    };
  });
}

/** Texts, and null beside them: other values are not extended by the platform. */
function isOpen(values: readonly unknown[] | undefined): values is readonly unknown[] {
  return (
    values?.some((value) => typeof value === "string") === true && values.every((value) => typeof value === "string" || value === null)
  );
}
