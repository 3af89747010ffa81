import { isDeepStrictEqual } from "node:util";
import type { Schema } from "../generate/document.ts";
import type { ContractChange } from "./contract-change.ts";

export type Direction = "request" | "answer";

/**
 * Differences of two inlined schemas. What breaks depends on who writes the value: a request must not lose what was
 * accepted, an answer must not lose what was given.
 */
export function compareSchemas(before: Schema, after: Schema, direction: Direction, place: string): readonly ContractChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isUnknown(before) || isUnknown(after)) {
    return [
      { place, kind: "changed", detail: isUnknown(after) ? "nothing is known any more" : "described now", breaking: isUnknown(after) },
    ];
  }
  if (typeOf(before) !== typeOf(after)) {
    const wider = types(before).every((type) => types(after).includes(type));
    return [{ place, kind: "changed", detail: `${typeOf(before)} → ${typeOf(after)}`, breaking: direction === "answer" || !wider }];
  }
  const children = [
    ...compareProperties(before, after, direction, place),
    ...(before.items && after.items ? compareSchemas(before.items, after.items, direction, `${place}[]`) : []),
    ...compareEnums(before, after, direction, place),
  ];
  // Something else: limits, alternatives, defaults.
  return children.length > 0 ? children : [{ place, kind: "changed", detail: "limits or alternatives", breaking: false }];
}

function compareProperties(before: Schema, after: Schema, direction: Direction, place: string): ContractChange[] {
  const old = before.properties ?? {};
  const now = after.properties ?? {};
  const changes: ContractChange[] = [];
  for (const name of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const at = `${place}.${name}`;
    const [one, other] = [old[name], now[name]];
    const wasRequired = before.required?.includes(name) === true;
    const isRequired = after.required?.includes(name) === true;
    if (one === undefined) {
      const breaking = direction === "request" && isRequired;
      changes.push({ place: at, kind: "added", detail: isRequired ? "required field" : "optional field", breaking });
    } else if (other === undefined) changes.push({ place: at, kind: "removed", detail: "field", breaking: true });
    else {
      changes.push(...compareSchemas(one, other, direction, at));
      if (direction === "request" && wasRequired !== isRequired) {
        changes.push({ place: at, kind: "changed", detail: isRequired ? "required now" : "optional now", breaking: isRequired });
      }
    }
  }
  return changes;
}

function compareEnums(before: Schema, after: Schema, direction: Direction, place: string): ContractChange[] {
  const old = before.enum ?? after.enum ?? [];
  const now = after.enum ?? [];
  if (after.enum === undefined && before.enum !== undefined) return [{ place, kind: "changed", detail: "any value now", breaking: false }];
  if (before.enum === undefined && after.enum !== undefined) {
    return [{ place, kind: "changed", detail: "only some values now", breaking: direction === "request" }];
  }
  const gone = old.filter((value) => !now.includes(value));
  const fresh = now.filter((value) => !old.includes(value));
  return [
    ...gone.map((value) => ({
      place,
      kind: "removed" as const,
      detail: `value ${JSON.stringify(value)}`,
      breaking: direction === "request",
    })),
    ...fresh.map((value) => ({ place, kind: "added" as const, detail: `value ${JSON.stringify(value)}`, breaking: false })),
  ];
}

function isUnknown(schema: Schema): boolean {
  return Object.keys(schema).every((key) => key === "x-unknown");
}

function types(schema: Schema): readonly string[] {
  return typeOf(schema).split("|");
}

function typeOf(schema: Schema): string {
  if (schema.type !== undefined) return [schema.type].flat().join("|");
  return schema.anyOf ? "alternatives" : schema.allOf ? "combination" : "anything";
}
