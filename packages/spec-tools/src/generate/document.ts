import type { AnswerKind, BodyKind, Pagination } from "@ghlkit/contract";

/** The part of a JSON Schema (2020-12, as OpenAPI 3.1 has it) that the contract uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly additionalProperties?: boolean | Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly default?: unknown;
  /** Overlay: answer fields that are known to be always there. */
  readonly "x-always"?: readonly string[];
  /** Overlay: a field of answers, in a schema that requests use, too. */
  readonly "x-answers-only"?: boolean;
  /** Overlay: what the names of additional properties are. */
  readonly "x-keys"?: "date";
  /** Nothing is known of this answer. */
  readonly "x-unknown"?: boolean;
  readonly [keyword: string]: unknown;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required?: boolean;
  readonly schema: Schema;
  readonly style?: string;
  readonly explode?: boolean;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

export interface OperationObject {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: Content }>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly deprecated?: boolean;
  readonly externalDocs?: { readonly url: string };
  readonly "x-version"?: string;
  readonly "x-scopes"?: readonly string[];
  readonly "x-retry"?: string;
  readonly "x-successor"?: string;
  /** Overlay: the vendor announced it, and has no document of it yet. */
  readonly "x-newer-than-documents"?: boolean;
  readonly "x-pagination"?: Partial<Pagination> & { readonly default?: number };
}

export interface PathItem {
  readonly get?: OperationObject;
  readonly post?: OperationObject;
  readonly put?: OperationObject;
  readonly patch?: OperationObject;
  readonly delete?: OperationObject;
}

export interface OpenApiDocument {
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** `#/components/schemas/Contact` → `Contact`. */
export function refName(ref: string): string {
  return ref.slice(ref.lastIndexOf("/") + 1);
}

/** Follows references until a schema stands there. */
export function resolve(document: OpenApiDocument, schema: Schema): Schema {
  let current = schema;
  while (current.$ref !== undefined) {
    const target = document.components?.schemas?.[refName(current.$ref)];
    if (target === undefined) throw new Error(`${document.info.title}: ${current.$ref} points at nothing`);
    current = target;
  }
  return current;
}

const bodyTypes: readonly (readonly [string, BodyKind])[] = [
  ["application/json", "json"],
  ["application/x-www-form-urlencoded", "form"],
  ["multipart/form-data", "multipart"],
];

/** Body of an operation: its kind (JSON where several are accepted, but form before it if it stands first) and schema. */
export function bodyContent(
  operation: OperationObject,
): { readonly kind: BodyKind; readonly schema: Schema; readonly required: boolean } | undefined {
  const content = operation.requestBody?.content;
  if (content === undefined) return undefined;
  const [type, media] = Object.entries(content)[0] ?? [];
  const kind = bodyTypes.find(([name]) => name === type)?.[1];
  if (kind === undefined) throw new Error(`${operation.operationId}: no rule for a body of type ${type}`);
  return { kind, schema: media?.schema ?? {}, required: operation.requestBody?.required ?? false };
}

/** The answer of the lowest 2xx: kind and schema; `schema` is absent for an answer without content. */
export function successAnswer(
  operation: OperationObject,
): { readonly status: number; readonly kind: AnswerKind; readonly schema: Schema | undefined } | undefined {
  const status = Object.keys(operation.responses)
    .filter((code) => code.startsWith("2"))
    .toSorted()[0];
  if (status === undefined) return undefined;
  const [type, media] = Object.entries(operation.responses[status]?.content ?? {})[0] ?? [];
  const kind = type === undefined || type.includes("json") ? "json" : type.startsWith("text/") ? "text" : "binary";
  return { status: Number(status), kind, schema: type === undefined ? undefined : (media?.schema ?? {}) };
}

/** Whether a schema says nothing at all. */
export function isUnknown(schema: Schema): boolean {
  return Object.keys(schema).every((key) => key === "x-unknown");
}

/** Whether a success of the operation has an answer that is not described. */
export function hasUnknownAnswer(operation: OperationObject): boolean {
  const answer = successAnswer(operation);
  if (answer === undefined || answer.status === 204) return false;
  return answer.schema === undefined || (answer.kind === "json" && isUnknown(answer.schema));
}
