import type { Schema } from "./document.ts";

/** A schema as requests use it: without the fields that only answers have (`x-answers-only`). */
export function withoutAnswersOnly(schema: Schema): Schema {
  const properties = Object.entries(schema.properties ?? {});
  const sent = properties.filter(([, one]) => one["x-answers-only"] !== true);
  return sent.length === properties.length ? schema : { ...schema, properties: Object.fromEntries(sent) };
}
