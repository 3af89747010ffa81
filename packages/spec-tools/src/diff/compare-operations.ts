import { isDeepStrictEqual } from "node:util";
import { bodyContent, successAnswer, type OpenApiDocument, type OperationObject, type Parameter } from "../generate/document.ts";
import { compareSchemas } from "./compare-schemas.ts";
import type { ContractChange } from "./contract-change.ts";
import { inlineSchema } from "./inline-schema.ts";

export interface OperationSide {
  readonly document: OpenApiDocument;
  readonly operation: OperationObject;
}

/** Differences of one operation that stands in both contracts. */
export function compareOperations(before: OperationSide, after: OperationSide): readonly ContractChange[] {
  return [
    ...compareVersion(before.operation, after.operation),
    ...compareWords("scope", before.operation["x-scopes"] ?? [], after.operation["x-scopes"] ?? []),
    ...compareWords("token", tokens(before.operation), tokens(after.operation)),
    ...compareDeprecation(before.operation, after.operation),
    ...compareJudgement("retry", before.operation["x-retry"], after.operation["x-retry"]),
    ...compareJudgement("pagination", before.operation["x-pagination"], after.operation["x-pagination"]),
    ...compareParameters(before, after),
    ...compareBodies(before, after),
    ...compareAnswers(before, after),
  ];
}

function compareVersion(before: OperationObject, after: OperationObject): ContractChange[] {
  const [old, now] = [before["x-version"] ?? "none", after["x-version"] ?? "none"];
  return old === now ? [] : [{ place: "version", kind: "changed", detail: `${old} → ${now}`, breaking: true }];
}

/** A scope or a token kind: asking for more breaks who has less. */
function compareWords(place: string, before: readonly string[], after: readonly string[]): ContractChange[] {
  const added = after.filter((word) => !before.includes(word));
  const removed = before.filter((word) => !after.includes(word));
  const stricter = place === "scope" ? added.length > 0 && before.length > 0 : removed.length > 0;
  return [
    ...added.map((word) => ({ place, kind: "added" as const, detail: word, breaking: place === "scope" && stricter })),
    ...removed.map((word) => ({ place, kind: "removed" as const, detail: word, breaking: place === "token" && stricter })),
  ];
}

function tokens(operation: OperationObject): readonly string[] {
  return (operation.security ?? []).flatMap((alternative) => Object.keys(alternative));
}

function compareDeprecation(before: OperationObject, after: OperationObject): ContractChange[] {
  if ((before.deprecated === true) === (after.deprecated === true)) return [];
  return [
    {
      place: "operation",
      kind: "changed",
      detail: after.deprecated === true ? "deprecated now" : "not deprecated any more",
      breaking: false,
    },
  ];
}

/** What we say of an operation beyond the vendor: it changes what the client does, not what compiles. */
function compareJudgement(place: string, before: unknown, after: unknown): ContractChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  return [{ place, kind: "changed", detail: `${JSON.stringify(before) ?? "none"} → ${JSON.stringify(after) ?? "none"}`, breaking: false }];
}

function compareParameters(before: OperationSide, after: OperationSide): ContractChange[] {
  const old = new Map((before.operation.parameters ?? []).map((one) => [placeOf(one), one]));
  const now = new Map((after.operation.parameters ?? []).map((one) => [placeOf(one), one]));
  const changes: ContractChange[] = [];
  for (const [place, one] of old) {
    const other = now.get(place);
    if (other === undefined) changes.push({ place, kind: "removed", detail: "parameter", breaking: true });
    else {
      changes.push(
        ...compareSchemas(inlineSchema(before.document, one.schema), inlineSchema(after.document, other.schema), "request", place),
      );
      if ((one.required === true) !== (other.required === true)) {
        changes.push({
          place,
          kind: "changed",
          detail: other.required === true ? "required now" : "optional now",
          breaking: other.required === true,
        });
      }
      if (one.explode !== other.explode) changes.push({ place, kind: "changed", detail: "encoding of lists", breaking: false });
    }
  }
  for (const [place, one] of now) {
    if (!old.has(place))
      changes.push({
        place,
        kind: "added",
        detail: one.required === true ? "required parameter" : "optional parameter",
        breaking: one.required === true,
      });
  }
  return changes;
}

function placeOf(parameter: Parameter): string {
  return `${parameter.in} ${parameter.name}`;
}

function compareBodies(before: OperationSide, after: OperationSide): readonly ContractChange[] {
  const [old, now] = [bodyContent(before.operation), bodyContent(after.operation)];
  if (old === undefined && now === undefined) return [];
  if (old === undefined) return [{ place: "request", kind: "added", detail: "body", breaking: now?.required === true }];
  if (now === undefined) return [{ place: "request", kind: "removed", detail: "body", breaking: true }];
  const kind: ContractChange[] =
    old.kind === now.kind ? [] : [{ place: "request", kind: "changed", detail: `${old.kind} → ${now.kind}`, breaking: false }];
  return [
    ...kind,
    ...compareSchemas(inlineSchema(before.document, old.schema), inlineSchema(after.document, now.schema), "request", "request"),
  ];
}

function compareAnswers(before: OperationSide, after: OperationSide): readonly ContractChange[] {
  const [old, now] = [successAnswer(before.operation), successAnswer(after.operation)];
  const status: ContractChange[] =
    old?.status === now?.status
      ? []
      : [{ place: "status", kind: "changed", detail: `${old?.status ?? "none"} → ${now?.status ?? "none"}`, breaking: false }];
  const schemas = compareSchemas(
    inlineSchema(before.document, old?.schema ?? {}),
    inlineSchema(after.document, now?.schema ?? {}),
    "answer",
    "answer",
  );
  const errors = compareWordsOfStatuses(before.operation, after.operation);
  return [...status, ...schemas, ...errors];
}

function compareWordsOfStatuses(before: OperationObject, after: OperationObject): ContractChange[] {
  const codes = (operation: OperationObject): string[] =>
    Object.keys(operation.responses)
      .filter((code) => !code.startsWith("2"))
      .toSorted((a, b) => (a < b ? -1 : 1));
  const [old, now] = [codes(before), codes(after)];
  return isDeepStrictEqual(old, now)
    ? []
    : [{ place: "errors", kind: "changed", detail: `${old.join(", ") || "none"} → ${now.join(", ") || "none"}`, breaking: false }];
}
