import { isDeepStrictEqual } from "node:util";
import {
  bodyContent,
  successAnswer,
  type OpenApiDocument,
  type OperationObject,
  type Parameter,
  type Schema,
} from "../generate/document.ts";
import { compareSchemas } from "./compare-schemas.ts";
import type { ContractChange } from "./contract-change.ts";
import { inlineSchema } from "./inline-schema.ts";

export interface OperationSide {
  /** Slug of the document it stands in: part of the modules of its types. */
  readonly service: string;
  readonly document: OpenApiDocument;
  readonly operation: OperationObject;
}

/** Differences of one operation that stands in both contracts. */
export function compareOperations(before: OperationSide, after: OperationSide): readonly ContractChange[] {
  return [
    ...compareName("service", before.service, after.service),
    ...compareName("id", before.operation.operationId, after.operation.operationId),
    ...compareName("version", before.operation["x-version"] ?? "none", after.operation["x-version"] ?? "none"),
    ...compareWords("scope", before.operation["x-scopes"], after.operation["x-scopes"]),
    ...compareWords("token", tokens(before.operation), tokens(after.operation)),
    ...compareDeprecation(before.operation, after.operation),
    ...compareJudgement("retry", before.operation["x-retry"], after.operation["x-retry"]),
    ...compareJudgement("pagination", before.operation["x-pagination"], after.operation["x-pagination"]),
    ...compareParameters(before, after),
    ...compareBodies(before, after),
    ...compareAnswers(before, after),
  ];
}

/** What code or requests name an operation by. */
function compareName(place: string, old: string, now: string): ContractChange[] {
  return old === now ? [] : [{ place, kind: "changed", detail: `${old} → ${now}`, breaking: true }];
}

/** Scopes or token kinds. More scopes, or fewer token kinds, refuse callers that were accepted; what was not stated is only known now. */
function compareWords(
  place: "scope" | "token",
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): ContractChange[] {
  const added = (after ?? []).filter((word) => !before?.includes(word));
  const removed = (before ?? []).filter((word) => !after?.includes(word));
  return [
    ...added.map((word) => ({ place, kind: "added" as const, detail: word, breaking: place === "scope" && before !== undefined })),
    ...removed.map((word) => ({ place, kind: "removed" as const, detail: word, breaking: place === "token" && after !== undefined })),
  ];
}

function tokens(operation: OperationObject): readonly string[] | undefined {
  return operation.security?.flatMap((alternative) => Object.keys(alternative));
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
      if (one.explode !== other.explode || one.style !== other.style) {
        changes.push({ place, kind: "changed", detail: "encoding of lists", breaking: false });
      }
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
  if (old === undefined) {
    const required = now?.required === true || requiresFields(after.document, now?.schema);
    return [{ place: "request", kind: "added", detail: required ? "required body" : "optional body", breaking: required }];
  }
  if (now === undefined) return [{ place: "request", kind: "removed", detail: "body", breaking: true }];
  const required: ContractChange[] =
    old.required === now.required
      ? []
      : [{ place: "request", kind: "changed", detail: now.required ? "body required now" : "body optional now", breaking: now.required }];
  return [
    ...required,
    ...compareMediaTypes(before.operation, after.operation),
    ...compareSchemas(inlineSchema(before.document, old.schema), inlineSchema(after.document, now.schema), "request", "request"),
  ];
}

function requiresFields(document: OpenApiDocument, schema: Schema | undefined): boolean {
  return schema !== undefined && (inlineSchema(document, schema).required?.length ?? 0) > 0;
}

/** A body that is no longer accepted in the way it was sent breaks its senders. */
function compareMediaTypes(before: OperationObject, after: OperationObject): ContractChange[] {
  const types = ({ requestBody }: OperationObject): readonly string[] => Object.keys(requestBody?.content ?? {});
  const [old, now] = [types(before), types(after)];
  if (isDeepStrictEqual(old, now)) return [];
  const breaking = !old.every((type) => now.includes(type));
  return [{ place: "request", kind: "changed", detail: `${old.join(", ")} → ${now.join(", ")}`, breaking }];
}

function compareAnswers(before: OperationSide, after: OperationSide): readonly ContractChange[] {
  const [old, now] = [successAnswer(before.operation), successAnswer(after.operation)];
  const schemas = compareSchemas(
    inlineSchema(before.document, old?.schema ?? {}),
    inlineSchema(after.document, now?.schema ?? {}),
    "answer",
    "answer",
  );
  return [...compareStatuses(old, now), ...schemas, ...compareWordsOfStatuses(before.operation, after.operation)];
}

type Answer = ReturnType<typeof successAnswer>;

function compareStatuses(old: Answer, now: Answer): ContractChange[] {
  const changes: ContractChange[] = [];
  if (old?.status !== now?.status) {
    changes.push({
      place: "status",
      kind: "changed",
      detail: `${old?.status ?? "none"} → ${now?.status ?? "none"}`,
      breaking: now === undefined,
    });
  }
  const kindOf = (answer: Answer): string => (answer?.schema === undefined ? "nothing" : answer.kind);
  if (kindOf(old) !== kindOf(now)) {
    changes.push({ place: "answer", kind: "changed", detail: `${kindOf(old)} → ${kindOf(now)}`, breaking: kindOf(old) !== "nothing" });
  }
  return changes;
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
