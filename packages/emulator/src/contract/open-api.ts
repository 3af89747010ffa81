import type { OpenApiDocument, Operation } from "./contract-source.ts";

/** A JSON schema as it stands in the documents. */
export type Schema = Readonly<Record<string, unknown>>;

/** The parts of an OpenAPI operation that the emulator reads. */
export interface OpenApiOperation {
  readonly parameters?: readonly unknown[];
  readonly requestBody?: unknown;
  readonly responses?: Readonly<Record<string, unknown>>;
}

/** A query parameter. */
export interface QueryParameter {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
  /** Lists are joined with commas. */
  readonly comma: boolean;
}

/** What an operation promises when all goes well. */
export interface Success {
  readonly status: number;
  /** Media type of the answer; absent where it has no body. */
  readonly contentType?: string;
  readonly schema?: Schema;
}

/** Finds an operation's node; `undefined` when the document lacks it. */
export function findOperation(document: OpenApiDocument, operation: Operation): OpenApiOperation | undefined {
  return document.paths[operation.path]?.[operation.method.toLowerCase()] as OpenApiOperation | undefined;
}

/** Follows a local `$ref`, if the node is one. */
export function resolve<T>(document: OpenApiDocument, node: unknown): T {
  let current = node as { readonly $ref?: unknown };
  for (let hops = 0; typeof current?.$ref === "string" && hops < 20; hops += 1) {
    current = lookUp(document, current.$ref) as typeof current;
  }
  return current as T;
}

function lookUp(document: OpenApiDocument, reference: string): unknown {
  return reference
    .replace(/^#\//, "")
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], document);
}

/** Query parameters of an operation, those of its path included. */
export function queryParameters(document: OpenApiDocument, operation: Operation, node: OpenApiOperation): readonly QueryParameter[] {
  const shared = (document.paths[operation.path]?.["parameters"] ?? []) as readonly unknown[];
  return [...shared, ...(node.parameters ?? [])]
    .map((parameter) => resolve<Record<string, unknown>>(document, parameter))
    .filter((parameter) => parameter["in"] === "query")
    .map((parameter) => ({
      name: parameter["name"] as string,
      required: parameter["required"] === true,
      schema: (parameter["schema"] ?? {}) as Schema,
      comma: parameter["explode"] === false,
    }));
}

/** Schema of the request body, whichever encoding comes first; `undefined` where the operation takes none. */
export function bodySchema(
  document: OpenApiDocument,
  node: OpenApiOperation,
): { readonly schema: Schema; readonly required: boolean } | undefined {
  const body = resolve<{ content?: Record<string, { schema?: Schema }>; required?: boolean } | undefined>(document, node.requestBody);
  const content = Object.values(body?.content ?? {})[0];
  if (body === undefined || content === undefined) return undefined;
  return { schema: content.schema ?? {}, required: body.required === true };
}

/** The first 2xx answer of an operation. */
export function successOf(document: OpenApiDocument, node: OpenApiOperation): Success {
  const status = Object.keys(node.responses ?? {})
    .filter((code) => code.startsWith("2"))
    .toSorted()[0];
  if (status === undefined) return { status: 200 };
  const response = resolve<{ content?: Record<string, { schema?: Schema }> }>(document, node.responses?.[status]);
  const [contentType, content] = Object.entries(response.content ?? {})[0] ?? [];
  return {
    status: Number(status),
    ...(contentType !== undefined && { contentType }),
    ...(content?.schema !== undefined && { schema: content.schema }),
  };
}
