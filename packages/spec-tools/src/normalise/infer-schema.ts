import type { Json, SourceSchema } from "./source-document.ts";

/** Shape of an example value: types and field names only, no value of it survives. */
export function inferSchema(example: Json): SourceSchema {
  if (example === null) return { "x-unknown": true };
  if (Array.isArray(example)) return { type: "array", items: inferItems(example) };
  if (typeof example === "object") return inferObject([example]);
  if (isWrittenObject(example)) return { type: "object", additionalProperties: true };
  return { type: typeof example };
}

/** An object written out as program text instead of as a value: nothing can be read from it. */
export function isWrittenObject(example: Json): boolean {
  return typeof example === "string" && /^\s*[{[]/.test(example);
}

/** One schema for all elements of a list; unknown when the list is empty. */
export function inferItems(elements: readonly Json[]): SourceSchema {
  if (elements.length === 0) return { "x-unknown": true };
  if (elements.every((one) => typeof one === "object" && one !== null && !Array.isArray(one))) {
    return inferObject(elements as { [key: string]: Json }[]);
  }
  const distinct = new Map(elements.map(inferSchema).map((schema) => [JSON.stringify(schema), schema]));
  const [only, ...more] = distinct.values();
  return more.length === 0 && only !== undefined ? only : { anyOf: [...distinct.values()] };
}

function inferObject(samples: readonly { [key: string]: Json }[]): SourceSchema {
  const values = new Map<string, Json[]>();
  for (const sample of samples) {
    for (const [name, value] of Object.entries(sample)) values.set(name, [...(values.get(name) ?? []), value]);
  }
  if (values.size === 0) return { type: "object", additionalProperties: true };
  if ([...values.keys()].some((name) => !/^[A-Za-z_$][\w$]*$/.test(name))) {
    // Keys that are data (file names, ids): a map, typed when all its values are of one kind.
    const value = inferItems([...values.values()].flat());
    return { type: "object", additionalProperties: value.type === "string" || value.type === "object" ? value : true };
  }
  const properties = Object.fromEntries([...values].map(([name, all]) => [name, inferItems(all)]));
  return { type: "object", properties, additionalProperties: true };
}
