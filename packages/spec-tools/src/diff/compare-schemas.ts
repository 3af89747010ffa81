import { isDeepStrictEqual } from "node:util";
import { isUnknown, type Schema } from "../generate/document.ts";
import { compareAlternatives } from "./compare-alternatives.ts";
import { compareKeywords } from "./compare-keywords.ts";
import { compareObjects } from "./compare-objects.ts";
import { compareValues } from "./compare-values.ts";
import type { ContractChange } from "./contract-change.ts";
import type { CompareSchemas, Direction } from "./schema-comparison.ts";
import { mergedAllOf } from "./merged-all-of.ts";

/**
 * Differences of two inlined schemas. A difference breaks unless it is known to be compatible: a request that accepts what it accepted, an
 * answer that gives nothing that it could not give before.
 */
export const compareSchemas: CompareSchemas = (before, after, direction, place) => {
  if (isDeepStrictEqual(before, after)) return [];
  const [old, now] = [mergedAllOf(before), mergedAllOf(after)];
  if (isDeepStrictEqual(old, now)) return [];
  if (isUnknown(old) || isUnknown(now)) {
    // Whatever is sent fits an undescribed request; nothing is promised of an undescribed answer.
    const breaking = isUnknown(now) === (direction === "answer");
    return [{ place, kind: "changed", detail: isUnknown(now) ? "nothing is known any more" : "described now", breaking }];
  }
  if (old.$ref !== undefined || now.$ref !== undefined) return [{ place, kind: "changed", detail: "recursion", breaking: true }];
  if (old.anyOf !== undefined || now.anyOf !== undefined) return compareAlternatives(old, now, direction, place, compareSchemas);
  const types = compareTypes(old, now, direction, place);
  // Of types that have nothing in common the content has not, either.
  if (types.some(({ breaking }) => breaking)) return types;
  return [
    ...types,
    ...compareValues(old, now, direction, place),
    ...compareObjects(old, now, direction, place, compareSchemas),
    ...compareItems(old, now, direction, place),
    ...compareKeywords(old, now, direction, place),
  ];
};

function compareTypes(before: Schema, after: Schema, direction: Direction, place: string): ContractChange[] {
  const [old, now] = [typesOf(before), typesOf(after)];
  if (isDeepStrictEqual(old, now)) return [];
  const breaking = direction === "request" ? !covers(now, old) : !covers(old, now);
  return [{ place, kind: "changed", detail: `${old.join("|") || "any type"} → ${now.join("|") || "any type"}`, breaking }];
}

/** Whether each of `types` is among `wider`; an integer is a number. No type at all is any type. */
function covers(wider: readonly string[], types: readonly string[]): boolean {
  if (wider.length === 0) return true;
  return types.length > 0 && types.every((type) => wider.includes(type) || (type === "integer" && wider.includes("number")));
}

function typesOf(schema: Schema): readonly string[] {
  return [schema.type ?? []].flat().toSorted();
}

function compareItems(before: Schema, after: Schema, direction: Direction, place: string): readonly ContractChange[] {
  if (before.items === undefined && after.items === undefined) return [];
  return compareSchemas(before.items ?? {}, after.items ?? {}, direction, `${place}[]`);
}
