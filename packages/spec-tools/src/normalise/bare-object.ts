import type { SourceSchema } from "./source-document.ts";

/** Whether a schema says "object" and nothing of its fields. */
export function isBareObject(schema: SourceSchema): boolean {
  return (
    schema.type === "object" &&
    Object.keys(schema.properties ?? {}).length === 0 &&
    schema.additionalProperties === undefined &&
    schema.allOf === undefined &&
    schema.anyOf === undefined &&
    schema.oneOf === undefined
  );
}
