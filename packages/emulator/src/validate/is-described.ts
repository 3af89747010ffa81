import type { OpenApiDocument } from "../contract/contract-source.ts";
import { resolve, type Schema, type Success } from "../contract/open-api.ts";

/** Whether the contract has more to say of an answer than that there is one. */
export function isDescribed({ schema, status }: Success, document: OpenApiDocument): boolean {
  if (schema === undefined) return status === 204;
  const { type, ...keywords } = resolve<Schema>(document, schema);
  const names = ["properties", "items", "allOf", "anyOf", "oneOf", "additionalProperties", "enum"];
  return names.some((name) => isSaid(keywords[name])) || (type !== undefined && type !== "object");
}

function isSaid(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}
