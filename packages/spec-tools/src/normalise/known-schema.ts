import { assertName, flag, list, object, text } from "./known-value.ts";
import { pointerStep, SpecStop } from "./spec-stop.ts";

const keywords = new Set([
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
const types = new Set(["string", "number", "integer", "boolean", "object", "array", "any"]);
const formats = new Set(["date-time", "binary"]);
const numbers = ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"];
const flags = ["nullable", "deprecated", "readOnly", "uniqueItems"];
/** Deeper than any schema of the vendor's by far: a document that goes on is damaged. */
const mostLevels = 64;

/** Stops at the first word or value of a schema that no rule knows. @throws SpecStop */
export function assertSchema(file: string, pointer: string, value: unknown, level = 0): void {
  if (level > mostLevels) throw new SpecStop(file, pointer, `a schema nested more than ${mostLevels} levels deep`);
  const schema = object(file, pointer, value);
  for (const key of Object.keys(schema)) {
    if (!keywords.has(key)) throw new SpecStop(file, pointer + pointerStep(key), `unknown schema keyword ${JSON.stringify(key)}`);
  }
  const { type, format } = schema;
  if (type !== undefined && !(typeof type === "string" && types.has(type))) {
    throw new SpecStop(file, `${pointer}/type`, `unknown type ${JSON.stringify(type)}`);
  }
  if (format !== undefined && !(typeof format === "string" && formats.has(format))) {
    throw new SpecStop(file, `${pointer}/format`, `unknown format ${JSON.stringify(format)}`);
  }
  assertKeywords(file, pointer, schema);
  const child = (step: string, one: unknown): void => assertSchema(file, pointer + step, one, level + 1);
  if (schema["properties"] !== undefined) {
    for (const [name, one] of Object.entries(object(file, `${pointer}/properties`, schema["properties"]))) {
      assertName(file, `${pointer}/properties${pointerStep(name)}`, name);
      child(`/properties${pointerStep(name)}`, one);
    }
  }
  if (schema["items"] !== undefined) child("/items", schema["items"]);
  if (typeof schema["additionalProperties"] === "object") child("/additionalProperties", schema["additionalProperties"]);
  for (const keyword of ["allOf", "anyOf", "oneOf"]) {
    if (schema[keyword] === undefined) continue;
    list(file, `${pointer}/${keyword}`, schema[keyword]).forEach((one, index) => child(`/${keyword}/${index}`, one));
  }
}

function assertKeywords(file: string, pointer: string, schema: Readonly<Record<string, unknown>>): void {
  if (schema["$ref"] !== undefined) text(file, `${pointer}/$ref`, schema["$ref"]);
  if (schema["pattern"] !== undefined)
    assertRegularExpression(file, `${pointer}/pattern`, text(file, `${pointer}/pattern`, schema["pattern"]));
  for (const keyword of flags) if (schema[keyword] !== undefined) flag(file, `${pointer}/${keyword}`, schema[keyword]);
  for (const keyword of numbers) {
    if (schema[keyword] !== undefined && typeof schema[keyword] !== "number")
      throw new SpecStop(file, `${pointer}/${keyword}`, "is not a number");
  }
  const { required, additionalProperties } = schema;
  if (required !== undefined) {
    list(file, `${pointer}/required`, required).forEach((name, index) => text(file, `${pointer}/required/${index}`, name));
  }
  if (schema["enum"] !== undefined) list(file, `${pointer}/enum`, schema["enum"]);
  if (additionalProperties !== undefined && typeof additionalProperties !== "boolean")
    object(file, `${pointer}/additionalProperties`, additionalProperties);
}

function assertRegularExpression(file: string, pointer: string, pattern: string): void {
  try {
    new RegExp(pattern);
  } catch {
    throw new SpecStop(file, pointer, `${JSON.stringify(pattern)} is not a regular expression`);
  }
}
