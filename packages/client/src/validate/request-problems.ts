import { validate, type OutputUnit, type Schema } from "@cfworker/json-schema";
import type { Operation } from "@ghlkit/contract";
import { documentOf, type Generation } from "@ghlkit/contract-documents";
import type { WireRequest } from "@ghlkit/core";
import type { Problem } from "./problem.ts";
import { documentSchemas, type DocumentSchemas, type QueryParameter } from "./request-schemas.ts";

/** What is wrong with a request, by the documents of its generation. */
export async function requestProblems(
  generation: Generation,
  { id, method, path }: Operation,
  request: WireRequest,
): Promise<readonly Problem[]> {
  const service = documentOf(generation, id);
  if (service === undefined) return [];
  const document = await documentSchemas(generation, service);
  const schemas = document.operations.get(`${method} ${path}`);
  if (schemas === undefined) return [];
  const { searchParams } = new URL(request.url);
  const query = schemas.query.flatMap((parameter) => parameterProblems(parameter, searchParams.getAll(parameter.name), document));
  return [...query, ...bodyProblems(schemas.body, request, document)];
}

function bodyProblems(
  documented: { readonly required: boolean; readonly schema: Schema } | undefined,
  { body, headers }: WireRequest,
  document: DocumentSchemas,
): readonly Problem[] {
  if (documented === undefined) return [];
  if (body === undefined) return documented.required ? [{ path: "body", message: "is missing" }] : [];
  // What is not text is no JSON: files and streams.
  if (typeof body !== "string" || !isJson(headers)) return [];
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return [{ path: "body", message: "is not JSON" }];
  }
  return check("body", value, documented.schema, document);
}

/** JSON is what a body is without a type of its own. */
function isJson(headers: WireRequest["headers"]): boolean {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return type === undefined || type.includes("json");
}

function parameterProblems(
  { name, required, schema }: QueryParameter,
  texts: readonly string[],
  document: DocumentSchemas,
): readonly Problem[] {
  const path = `query.${name}`;
  const [text] = texts;
  if (text === undefined) return required ? [{ path, message: "is missing" }] : [];
  // Lists have several spellings on the wire; their items come from the typed input.
  if (texts.length > 1 || accepts(schema, "array") || accepts(schema, "object")) return [];
  return check(path, valueOf(text, schema), schema, document);
}

/** A text of the query as the type that its schema has. */
function valueOf(text: string, schema: Schema): unknown {
  const number = Number(text);
  if ((accepts(schema, "number") || accepts(schema, "integer")) && text.trim() !== "" && Number.isFinite(number)) return number;
  if (accepts(schema, "boolean") && (text === "true" || text === "false")) return text === "true";
  return text;
}

/** Whether one of the alternatives of a schema takes values of a type. */
function accepts({ type, anyOf = [], oneOf = [] }: Schema, wanted: string): boolean {
  const isOwn = Array.isArray(type) ? (type as readonly string[]).includes(wanted) : type === wanted;
  return isOwn || [...anyOf, ...oneOf].some((one: Schema) => accepts(one, wanted));
}

function check(root: string, value: unknown, schema: Schema, { lookup }: DocumentSchemas): readonly Problem[] {
  const { valid, errors } = validate(value, schema, "2020-12", lookup, false);
  if (valid) return [];
  const found = new Map<string, Problem>();
  // Errors of a schema around another one say no more than those inside.
  for (const { instanceLocation, error } of errors.filter(isOfLeaf)) {
    const path = pathOf(root, instanceLocation);
    const message = withoutValue(error);
    found.set(`${path} ${message}`, { path, message });
  }
  if (found.size === 0) return [{ path: root, message: "is none of the kinds that the contract has" }];
  return [...found.values()];
}

function isOfLeaf({ keyword }: OutputUnit): boolean {
  return !["properties", "items", "allOf", "anyOf", "oneOf", "$ref", "additionalProperties", "prefixItems", "if"].includes(keyword);
}

/** `#/customFields/0/id` as `body.customFields[0].id`. */
function pathOf(root: string, location: string): string {
  const parts = location
    .split("/")
    .slice(1)
    .map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
  return parts.reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : `${path}.${part}`), root);
}

/** The validator's sentences quote names of fields, types and limits. Those that quote the value itself are shortened: it may be personal. */
function withoutValue(error: string): string {
  return error
    .replace(/^-?[\d.e+-]+ is /, "is ")
    .replace(/^False boolean schema\.$/, "is not in the contract")
    .replace(/^Instance does not match any of (.*)$/, "is none of $1")
    .replace(/^Instance type "(\w+)" is invalid\. Expected "([\w", ]+)"\.$/, "is of type $1 instead of $2")
    .replace(/^Instance does not have required property "(.*)"\.$/, "lacks $1")
    .replace(/^String does not match format "(.*)"\.$/, "is not in the format $1");
}
