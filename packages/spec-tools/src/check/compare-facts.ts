import { isDeepStrictEqual } from "node:util";
import type { SchemaFacts } from "./schema-facts.ts";

/** Facts of the source schema that ours lost, each in a sentence. */
export function lostFacts(source: SchemaFacts, ours: SchemaFacts): readonly string[] {
  const lost: string[] = [];
  for (const [path, facts] of source) {
    const kept = ours.get(path) ?? ours.get(flattened(path)) ?? viaList(ours, path);
    if (kept === undefined) {
      lost.push(`field ${path || "(root)"}`);
      continue;
    }
    const values = kept.enum ?? ours.get(`${path}[]`)?.enum ?? [];
    for (const value of facts.enum ?? []) if (!values.includes(value)) lost.push(`value ${JSON.stringify(value)} of ${path || "(root)"}`);
    for (const name of facts.required) if (!kept.required.includes(name)) lost.push(`required flag of ${path ? `${path}.` : ""}${name}`);
    if (facts.format !== undefined && kept.format !== facts.format) lost.push(`format ${facts.format} of ${path}`);
    if (facts.deprecated === true && kept.deprecated !== true) lost.push(`deprecation of ${path}`);
    for (const [key, value] of Object.entries(facts.limits)) {
      if (!isDeepStrictEqual(kept.limits[key], value)) lost.push(`${key} ${String(value)} of ${path}`);
    }
  }
  return lost;
}

/** A list of lists may have become one level (rule array-of-array). */
function flattened(path: string): string {
  return path.replaceAll("[][]", "[]");
}

/** One of a few words may have become a list of them (rule comma-enum). */
function viaList(ours: SchemaFacts, path: string): ReturnType<SchemaFacts["get"]> {
  return path === "" ? ours.get("[]") : undefined;
}
