import { isDeepStrictEqual } from "node:util";
import type { Schema } from "../generate/document.ts";
import type { Direction } from "./schema-comparison.ts";
import type { ContractChange } from "./contract-change.ts";

/**
 * Differences of the values that `enum` and `const` name. The type of an answer leaves enums of texts open where they are a field, so that one
 * more breaks nothing there; as items of a list and as alternatives they are closed.
 */
export function compareValues(before: Schema, after: Schema, direction: Direction, place: string): readonly ContractChange[] {
  const [old, now] = [valuesOf(before), valuesOf(after)];
  if (isDeepStrictEqual(old, now)) return [];
  if (contradicts(before, old) || contradicts(after, now))
    return [{ place, kind: "changed", detail: "values of another type", breaking: true }];
  if (now === undefined)
    return [{ place, kind: "changed", detail: "any value now", breaking: direction === "answer" && !isOpen(old, place) }];
  if (old === undefined) return [{ place, kind: "changed", detail: "only some values now", breaking: direction === "request" }];
  const gone = old.filter((value) => !includes(now, value));
  const fresh = now.filter((value) => !includes(old, value));
  return [
    ...gone.map((value) => change("removed", value, direction === "request")),
    ...fresh.map((value) => change("added", value, direction === "answer" && !(isOpen(old, place) && typeof value === "string"))),
  ];

  function change(kind: "added" | "removed", value: unknown, breaking: boolean): ContractChange {
    return { place, kind, detail: `value ${JSON.stringify(value)}`, breaking };
  }
}

function valuesOf({ enum: values, const: only }: Schema): readonly unknown[] | undefined {
  if (only === undefined) return values;
  return values === undefined ? [only] : values.filter((value) => isDeepStrictEqual(value, only));
}

/** Whether a value is of none of the types that the schema states. */
function contradicts({ type }: Schema, values: readonly unknown[] | undefined): boolean {
  const types = [type ?? []].flat();
  return types.length > 0 && values?.some((value) => !types.some((one) => isOfType(value, one))) === true;
}

function isOfType(value: unknown, type: string): boolean {
  if (value === null) return type === "null";
  if (type === "integer") return Number.isInteger(value);
  return Array.isArray(value) ? type === "array" : typeof value === type;
}

function includes(values: readonly unknown[], value: unknown): boolean {
  return values.some((one) => isDeepStrictEqual(one, value));
}

/** Whether the type of an answer takes texts to come. */
function isOpen(values: readonly unknown[] | undefined, place: string): boolean {
  if (/[\]>]$/.test(place)) return false;
  return (
    values?.some((value) => typeof value === "string") === true && values.every((value) => typeof value === "string" || value === null)
  );
}
