import { isDeepStrictEqual } from "node:util";
import { withoutAnswersOnly } from "../generate/answers-only.ts";
import type { Schema } from "../generate/document.ts";
import type { CompareSchemas, Direction } from "./schema-comparison.ts";
import type { ContractChange } from "./contract-change.ts";

/** Differences of the fields of two objects, and of what they allow beside those. */
export function compareObjects(
  old: Schema,
  now: Schema,
  direction: Direction,
  place: string,
  compare: CompareSchemas,
): readonly ContractChange[] {
  const [before, after] = direction === "request" ? [withoutAnswersOnly(old), withoutAnswersOnly(now)] : [old, now];
  const names = [...new Set([...Object.keys(before.properties ?? {}), ...Object.keys(after.properties ?? {})])];
  return [
    ...names.flatMap((name) => compareField(name, before, after, direction, `${place}.${name}`, compare)),
    ...compareFurtherRequired(before, after, direction, place),
    ...compareAdditional(before, after, direction, place, compare),
  ];
}

function compareField(
  name: string,
  before: Schema,
  after: Schema,
  direction: Direction,
  place: string,
  compare: CompareSchemas,
): readonly ContractChange[] {
  const [one, other] = [own(before.properties, name), own(after.properties, name)];
  const isRequired = after.required?.includes(name) === true;
  if (one === undefined && other !== undefined && typeof before.additionalProperties === "object") {
    // It could be there before, under what was said of other fields.
    return [...compare(before.additionalProperties, other, direction, place), ...compareRequired(name, before, after, direction, place)];
  }
  if (one === undefined) {
    const breaking = direction === "request" && isRequired;
    return [{ place, kind: "added", detail: isRequired ? "required field" : "optional field", breaking }];
  }
  if (other === undefined) return [{ place, kind: "removed", detail: "field", breaking: true }];
  return [...compare(one, other, direction, place), ...compareRequired(name, before, after, direction, place)];
}

/** A request asks for its required fields; an answer promises those that an overlay knows to be always there. */
function compareRequired(name: string, before: Schema, after: Schema, direction: Direction, place: string): readonly ContractChange[] {
  const changes: ContractChange[] = [];
  const [wasRequired, isRequired] = [before, after].map((one) => one.required?.includes(name) === true);
  if (wasRequired !== isRequired) {
    const breaking = direction === "request" && isRequired === true;
    changes.push({ place, kind: "changed", detail: isRequired === true ? "required now" : "optional now", breaking });
  }
  const [wasAlways, isAlways] = [before, after].map((one) => one["x-always"]?.includes(name) === true);
  if (wasAlways !== isAlways) {
    const detail = isAlways === true ? "always there now" : "not always there any more";
    changes.push({ place, kind: "changed", detail, breaking: direction === "answer" && isAlways === false });
  }
  return changes;
}

/** Names that are required and described nowhere. */
function compareFurtherRequired(before: Schema, after: Schema, direction: Direction, place: string): readonly ContractChange[] {
  const undescribed = (schema: Schema): readonly string[] =>
    (schema.required ?? []).filter((name) => own(schema.properties, name) === undefined);
  const old = undescribed(before);
  return undescribed(after)
    .filter((name) => !old.includes(name) && own(before.properties, name) === undefined)
    .map((name) => ({ place: `${place}.${name}`, kind: "changed", detail: "required now", breaking: direction === "request" }));
}

function compareAdditional(
  before: Schema,
  after: Schema,
  direction: Direction,
  place: string,
  compare: CompareSchemas,
): readonly ContractChange[] {
  const [old, now] = [before.additionalProperties ?? false, after.additionalProperties ?? false];
  if (isDeepStrictEqual(old, now)) return [];
  const at = `${place}.*`;
  if (now === false) return [{ place: at, kind: "removed", detail: "other fields", breaking: true }];
  if (old === false) {
    // An index signature speaks of all fields: those that are named have to fit it.
    const fits = now === true || Object.values(before.properties ?? {}).every((one) => compare(one, now, "request", at).length === 0);
    return [{ place: at, kind: "added", detail: "other fields", breaking: !fits }];
  }
  return compare(asSchema(old), asSchema(now), direction, at);
}

function asSchema(additional: true | Schema): Schema {
  return additional === true ? { "x-unknown": true } : additional;
}

function own(properties: Schema["properties"], name: string): Schema | undefined {
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}
