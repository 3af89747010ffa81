import type { OpenApiDocument } from "../contract/contract-source.ts";
import { resolve, type Schema } from "../contract/open-api.ts";

const prefix = "#/components/schemas/";

/**
 * A stand-alone copy of a request schema that refuses what the platform refuses: properties that are not declared.
 * Optional properties may be null, which the platform takes for absent. Schemas without properties stay open.
 */
export function closeSchema(schema: Schema, document: OpenApiDocument): Schema {
  const definitions: Record<string, Schema> = {};
  const waiting: string[] = [];
  const refer = (name: string): Schema => {
    if (!(name in definitions)) {
      definitions[name] = {};
      waiting.push(name);
    }
    return { $ref: `#/$defs/${name}` };
  };
  const closed = close(schema, document, refer);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const target = resolve<Schema | undefined>(document, { $ref: prefix + name });
    definitions[name] = target === undefined ? {} : close(target, document, refer);
  }
  return { ...closed, $defs: definitions };
}

type Refer = (name: string) => Schema;

function close(schema: Schema, document: OpenApiDocument, refer: Refer): Schema {
  if (typeof schema["$ref"] === "string") return refer(schema["$ref"].slice(prefix.length));
  // Inlined, so that the findings of one alternative can be distinguished from those of the others by their place.
  const closeAll = (members: unknown): Schema[] =>
    (members as Schema[]).map((member) => close(resolve<Schema>(document, member), document, refer));
  if (Array.isArray(schema["allOf"])) return close(mergeAllOf(schema, document), document, refer);
  const { oneOf, anyOf, items, properties, additionalProperties, discriminator: _, ...rest } = schema;
  const result: Record<string, unknown> = { ...rest };
  // Alternatives of the vendor overlap, so "exactly one" would refuse what the platform takes.
  if (oneOf !== undefined || anyOf !== undefined) result["anyOf"] = closeAll(anyOf ?? oneOf);
  if (items !== undefined) result["items"] = close(items as Schema, document, refer);
  if (additionalProperties !== undefined) {
    result["additionalProperties"] =
      typeof additionalProperties === "object" ? close(additionalProperties as Schema, document, refer) : additionalProperties;
  }
  if (properties !== undefined && Object.keys(properties as Schema).length > 0) {
    const required = (schema["required"] ?? []) as readonly string[];
    result["properties"] = Object.fromEntries(
      Object.entries(properties as Record<string, Schema>)
        .filter(([, property]) => property["x-answers-only"] !== true)
        .map(([name, property]) => {
          const closed = close(property, document, refer);
          return [name, required.includes(name) ? closed : nullable(closed)];
        }),
    );
    result["additionalProperties"] ??= false;
  }
  return result;
}

/** One schema with the properties of all members; what stands beside `allOf` wins. */
function mergeAllOf(schema: Schema, document: OpenApiDocument): Schema {
  const { allOf, ...own } = schema;
  let merged: Schema = {};
  for (const member of [...(allOf as Schema[]), own]) {
    const resolved = resolve<Schema>(document, member);
    const flat = Array.isArray(resolved["allOf"]) ? mergeAllOf(resolved, document) : resolved;
    merged = {
      ...merged,
      ...flat,
      ...((merged["properties"] ?? flat["properties"]) !== undefined && {
        properties: { ...(merged["properties"] as Schema), ...(flat["properties"] as Schema) },
      }),
      ...((merged["required"] ?? flat["required"]) !== undefined && {
        required: [...((merged["required"] ?? []) as string[]), ...((flat["required"] ?? []) as string[])],
      }),
    };
  }
  return merged;
}

function nullable(schema: Schema): Schema {
  const type = schema["type"];
  if (schema["$ref"] !== undefined || schema["anyOf"] !== undefined) return { if: { type: "null" }, else: schema };
  if (typeof type !== "string") return schema;
  const values = schema["enum"];
  return { ...schema, type: [type, "null"], ...(Array.isArray(values) && { enum: [...(values as unknown[]), null] }) };
}
