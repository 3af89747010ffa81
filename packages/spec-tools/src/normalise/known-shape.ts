import { childSchemas } from "./schema-walk.ts";
import type { SourceContent, SourceSchema } from "./source-document.ts";
import { pointerStep, SpecStop } from "./spec-stop.ts";

// Whatever the vendor's files may contain. A word that is not here stops the run: it may carry a fact that would be lost.
const topKeys = ["openapi", "info", "servers", "tags", "x-tagGroups", "paths", "components"];
const componentKeys = ["schemas", "securitySchemes"];
const operationKeys = [
  "operationId",
  "summary",
  "description",
  "tags",
  "externalDocs",
  "x-version-added",
  "deprecated",
  "parameters",
  "requestBody",
  "responses",
  "security",
];
const parameterKeys = [
  "name",
  "in",
  "required",
  "schema",
  "description",
  "example",
  "examples",
  "default",
  "explode",
  "style",
  "anyOf",
  "oneOf",
];
const bodyKeys = ["required", "content", "description"];
const responseKeys = ["description", "content", "headers"];
const mediaKeys = ["schema", "example", "examples"];
const schemaKeys = new Set([
  "$ref",
  "type",
  "properties",
  "required",
  "items",
  "enum",
  "default",
  "format",
  "nullable",
  "deprecated",
  "readOnly",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "uniqueItems",
  "pattern",
  "additionalProperties",
  "allOf",
  "anyOf",
  "oneOf",
  "example",
  "examples",
  "description",
  "title",
  "schema",
]);
const schemaTypes = new Set(["string", "number", "integer", "boolean", "object", "array", "any"]);
const formats = new Set(["date-time", "binary"]);
const locations = ["path", "query", "header"];
const headerNames = ["version", "authorization"];
const mediaTypes = ["application/json", "multipart/form-data", "application/x-www-form-urlencoded"];
const httpMethods = ["get", "post", "put", "patch", "delete"];
const server = "https://services.leadconnectorhq.com";

type Anything = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- raw input, shape is what is being checked

/** Stops at the first word in a vendor document that no rule knows. */
export function assertKnownShape(file: string, raw: unknown): void {
  const document = raw as Anything;
  const keys = (value: Anything, known: readonly string[], pointer: string): void => {
    for (const key of Object.keys(value))
      if (!known.includes(key)) throw new SpecStop(file, pointer + pointerStep(key), `unknown keyword "${key}"`);
  };
  keys(document, topKeys, "");
  keys(document.components, componentKeys, "/components");
  if (!String(document.openapi).startsWith("3.0")) throw new SpecStop(file, "/openapi", `unknown OpenAPI version ${document.openapi}`);
  if (document.servers?.length !== 1 || document.servers[0].url !== server) throw new SpecStop(file, "/servers", "another server");
  for (const [path, item] of Object.entries<Anything>(document.paths)) {
    keys(item, httpMethods, `/paths${pointerStep(path)}`);
    for (const [method, operation] of Object.entries<Anything>(item)) {
      assertOperation(file, `/paths${pointerStep(path)}/${method}`, operation, keys);
    }
  }
  for (const [name, schema] of Object.entries<SourceSchema>(document.components.schemas ?? {})) {
    assertSchema(file, `/components/schemas${pointerStep(name)}`, schema);
  }
}

type AssertKeys = (value: Anything, known: readonly string[], pointer: string) => void;

function assertOperation(file: string, pointer: string, operation: Anything, keys: AssertKeys): void {
  keys(operation, operationKeys, pointer);
  for (const [index, parameter] of (operation.parameters ?? []).entries()) {
    const at = `${pointer}/parameters/${index}`;
    keys(parameter, parameterKeys, at);
    if (!locations.includes(parameter.in)) throw new SpecStop(file, `${at}/in`, `unknown parameter place "${parameter.in}"`);
    if (parameter.in === "header" && !headerNames.includes(parameter.name.toLowerCase())) {
      throw new SpecStop(file, at, `unknown header parameter "${parameter.name}"`);
    }
    if (parameter.schema === undefined) throw new SpecStop(file, at, "parameter without a schema");
    assertSchema(file, `${at}/schema`, parameter.schema);
  }
  if (operation.requestBody) {
    keys(operation.requestBody, bodyKeys, `${pointer}/requestBody`);
    assertContent(file, `${pointer}/requestBody/content`, operation.requestBody.content, keys);
  }
  for (const [status, response] of Object.entries<Anything>(operation.responses ?? {})) {
    keys(response, responseKeys, `${pointer}/responses/${status}`);
    assertContent(file, `${pointer}/responses/${status}/content`, response.content ?? {}, keys);
  }
}

function assertContent(file: string, pointer: string, content: SourceContent, keys: AssertKeys): void {
  for (const [type, media] of Object.entries(content)) {
    const at = pointer + pointerStep(type);
    if (!mediaTypes.includes(type)) throw new SpecStop(file, at, `unknown media type "${type}"`);
    keys(media, mediaKeys, at);
    if (media.schema) assertSchema(file, `${at}/schema`, media.schema);
  }
}

function assertSchema(file: string, pointer: string, schema: SourceSchema): void {
  for (const key of Object.keys(schema)) {
    if (!schemaKeys.has(key)) throw new SpecStop(file, pointer + pointerStep(key), `unknown schema keyword "${key}"`);
  }
  if (schema.type !== undefined && (typeof schema.type !== "string" || !schemaTypes.has(schema.type))) {
    throw new SpecStop(file, `${pointer}/type`, `unknown type ${JSON.stringify(schema.type)}`);
  }
  if (schema.format !== undefined && !formats.has(schema.format))
    throw new SpecStop(file, `${pointer}/format`, `unknown format "${schema.format}"`);
  for (const [child, step] of childSchemas(schema)) assertSchema(file, pointer + step, child);
}
