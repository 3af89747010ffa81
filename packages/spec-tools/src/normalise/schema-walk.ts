import { operationsOf } from "./operations-of.ts";
import type { SourceDocument, SourceSchema } from "./source-document.ts";
import { pointerStep } from "./spec-stop.ts";

/** Where a schema stands. A rule may be meant for some places only. */
export type SchemaPlace = "component" | "parameter" | "request" | "response";

export type SchemaVisit = (schema: SourceSchema, pointer: string, place: SchemaPlace) => void;

/** Visits every schema of a document, children before parents: a visit may rewrite the schema it is given. */
export function walkSchemas(document: SourceDocument, visit: SchemaVisit): void {
  for (const { operation, pointer } of operationsOf(document)) {
    operation.parameters?.forEach((parameter, index) => {
      walk(parameter.schema, `${pointer}/parameters/${index}/schema`, "parameter", visit);
    });
    for (const [type, media] of Object.entries(operation.requestBody?.content ?? {})) {
      if (media.schema) walk(media.schema, `${pointer}/requestBody/content${pointerStep(type)}/schema`, "request", visit);
    }
    for (const [status, response] of Object.entries(operation.responses)) {
      for (const [type, media] of Object.entries(response.content ?? {})) {
        if (media.schema) walk(media.schema, `${pointer}/responses/${status}/content${pointerStep(type)}/schema`, "response", visit);
      }
    }
  }
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    walk(schema, `/components/schemas${pointerStep(name)}`, "component", visit);
  }
}

function walk(schema: SourceSchema, pointer: string, place: SchemaPlace, visit: SchemaVisit): void {
  for (const [child, step] of childSchemas(schema)) walk(child, pointer + step, place, visit);
  visit(schema, pointer, place);
}

/** Direct children of a schema, each with its pointer step. */
export function childSchemas(schema: SourceSchema): [SourceSchema, string][] {
  const children: [SourceSchema, string][] = [];
  for (const [name, child] of Object.entries(schema.properties ?? {})) children.push([child, `/properties${pointerStep(name)}`]);
  if (schema.items) children.push([schema.items, "/items"]);
  if (typeof schema.additionalProperties === "object") children.push([schema.additionalProperties, "/additionalProperties"]);
  for (const keyword of ["allOf", "anyOf", "oneOf"] as const) {
    schema[keyword]?.forEach((child, index) => children.push([child, `/${keyword}/${index}`]));
  }
  return children;
}
