import type { Schema } from "../generate/document.ts";
import { together } from "./merged-all-of.ts";
import type { CompareSchemas, Direction } from "./schema-comparison.ts";
import type { ContractChange } from "./contract-change.ts";

/**
 * Differences of alternatives. In a request each old one must still be accepted by one of the new ones, in an answer each new one must fit
 * one of the old ones.
 */
export function compareAlternatives(
  before: Schema,
  after: Schema,
  direction: Direction,
  place: string,
  compare: CompareSchemas,
): readonly ContractChange[] {
  const [old, now] = [membersOf(before), membersOf(after)];
  const pairs = pair(old, now, (one, other) => compare(one, other, direction, "<>"));
  const changes: ContractChange[] = [];
  if (direction === "answer" && before.anyOf !== undefined && after.anyOf === undefined && after.enum !== undefined) {
    // The type of an enum is open outside of alternatives only.
    changes.push({ place, kind: "changed", detail: "alternatives → values, and those to come", breaking: true });
  }
  for (const [index, member] of old.entries()) {
    const partner = pairs.get(index);
    if (partner === undefined) {
      const isCovered = now.some((other) => !breaks(compare(member, other, direction, `${place}<>`)));
      changes.push({
        place,
        kind: "removed",
        detail: `alternative ${named(member, index)}`,
        breaking: direction === "request" && !isCovered,
      });
    } else changes.push(...compare(member, now[partner] as Schema, direction, `${place}<${named(member, index)}>`));
  }
  const taken = new Set(pairs.values());
  for (const [index, member] of now.entries()) {
    if (taken.has(index)) continue;
    const isCovered = old.some((other) => !breaks(compare(other, member, direction, `${place}<>`)));
    changes.push({ place, kind: "added", detail: `alternative ${named(member, index)}`, breaking: direction === "answer" && !isCovered });
  }
  return changes;
}

/** Alternatives with what stands beside them; a schema without any is the only one. */
function membersOf({ anyOf, ...rest }: Schema): readonly Schema[] {
  if (anyOf === undefined) return [rest];
  if (Object.keys(rest).length === 0) return anyOf;
  return anyOf.map((one) => together(rest, one) ?? { allOf: [rest, one] });
}

type Judge = (one: Schema, other: Schema) => readonly ContractChange[];

/** Old alternative → new one, by position: the equal first, then compatible ones, then those that differ least. */
function pair(old: readonly Schema[], now: readonly Schema[], judge: Judge): ReadonlyMap<number, number> {
  const costs = old.flatMap((one, from) =>
    now.map((other, to) => {
      const changes = judge(one, other);
      const kinds = typeName(one) === typeName(other) ? 0 : 1000;
      return {
        from,
        to,
        cost: kinds + changes.filter(({ breaking }) => breaking).length * 50 + changes.length + Math.abs(from - to) / 100,
      };
    }),
  );
  const pairs = new Map<number, number>();
  const taken = new Set<number>();
  for (const { from, to, cost } of costs.toSorted((a, b) => a.cost - b.cost)) {
    if (cost >= 1000 || pairs.has(from) || taken.has(to)) continue;
    pairs.set(from, to);
    taken.add(to);
  }
  return pairs;
}

function breaks(changes: readonly ContractChange[]): boolean {
  return changes.some(({ breaking }) => breaking);
}

function typeName(schema: Schema): string {
  if (schema.anyOf !== undefined) return "anyOf";
  return [schema.type ?? (schema.properties === undefined ? "any" : "object")].flat().join("|");
}

function named(schema: Schema, index: number): string {
  return `${index + 1} (${typeName(schema)})`;
}
