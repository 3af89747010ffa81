import { resolve, type OpenApiDocument, type Schema } from "./document.ts";

/** A file in a sample: printed as a Blob in code. */
export class SampleFile {}

export interface SampleOptions {
  /** Whether properties that are not required are filled as well, on the first level. */
  readonly optional: boolean;
}

/** A small value that a request schema accepts. Deterministic. */
export function sampleValue(document: OpenApiDocument, schema: Schema, name: string, options: SampleOptions, depth = 0): unknown {
  const one = resolve(document, schema);
  if (one.const !== undefined) return one.const;
  if (one.enum !== undefined) return one.enum[0];
  if (one.format === "binary") return new SampleFile();
  const part = one.allOf === undefined ? (one.anyOf ?? one.oneOf)?.[0] : undefined;
  if (one.allOf !== undefined) return Object.assign({}, ...one.allOf.map((each) => sampleValue(document, each, name, options, depth)));
  if (part !== undefined)
    return sampleValue(
      document,
      { ...part, ...(one.properties === undefined ? {} : { properties: one.properties }) },
      name,
      options,
      depth,
    );
  const type = Array.isArray(one.type) ? one.type.find((each) => each !== "null") : one.type;
  if (type === "array") return sampleList(document, one, name, options, depth);
  if (type === "object" || one.properties !== undefined) return sampleObject(document, one, options, depth);
  if (type === "integer" || type === "number") return Math.max(1, one.minimum ?? 1);
  if (type === "boolean") return true;
  if (type === "string") return sampleString(one, name);
  return {};
}

function sampleList(document: OpenApiDocument, schema: Schema, name: string, options: SampleOptions, depth: number): unknown {
  if (depth > 5 || schema.items === undefined) return [];
  return [sampleValue(document, schema.items, name, options, depth + 1)];
}

function sampleObject(document: OpenApiDocument, schema: Schema, options: SampleOptions, depth: number): Record<string, unknown> {
  const required = new Set(schema.required);
  const entries = Object.entries(schema.properties ?? {}).filter(([name]) => required.has(name) || (options.optional && depth === 0));
  return Object.fromEntries(entries.map(([name, one]) => [name, sampleValue(document, one, name, options, depth + 1)]));
}

/** Texts to try where a schema states a pattern. */
const patterned = ["09:00", "2026-01-15", "America/New_York", "https://example.com"];

function sampleString(schema: Schema, name: string): string {
  if (schema.pattern !== undefined) {
    const { pattern } = schema;
    const found = [name, ...patterned].find((text) => new RegExp(pattern).test(text));
    if (found === undefined) throw new Error(`No sample matches the pattern ${pattern}: add one to sample-value.ts.`);
    return found;
  }
  if (name === "altType") return "location";
  if (schema.format === "date-time") return "2026-01-15T09:00:00Z";
  if (schema.format === "date") return "2026-01-15";
  if (schema.format === "email" || /email/i.test(name)) return "ada@example.com";
  if (schema.format === "uri" || /url$/i.test(name)) return "https://example.com";
  if (/phone/i.test(name)) return "+12025550101";
  return name === "" ? "text" : name;
}

/** TypeScript source of a sample. */
export function sampleSource(value: unknown): string {
  if (value instanceof SampleFile) return 'new Blob(["sample"])';
  if (Array.isArray(value)) return `[${value.map(sampleSource).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([name, one]) => `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: ${sampleSource(one)}`,
  );
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}
