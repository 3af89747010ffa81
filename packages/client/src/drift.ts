import { documentOf, loadDocument, type Generation } from "@ghlkit/contract-documents";
import { answerOf, detachedListener, type Layer } from "@ghlkit/core";
import { compareAnswer, type Difference, type Schemas } from "./drift/compare-answer.ts";

/** Where one live answer differs from the contract. */
export interface Drift {
  /** Operation id. */
  readonly operation: string;
  readonly status: number;
  readonly differences: readonly Difference[];
}

/** What became of one comparison: the answer differs from the contract, or is as it says. */
export type DriftEvent =
  | ({ readonly type: "differs" } & Drift)
  | { readonly type: "matches"; readonly operation: string; readonly status: number };

/** Options of the drift report. */
export interface DriftOptions {
  /**
   * Generation whose documents are compared with.
   * @default "v3"
   */
  readonly generation?: Generation;
  /** Called with each answer that was compared, before its caller gets it. What it throws is reported as an uncaught error. */
  readonly onEvent: (event: DriftEvent) => void;
}

/**
 * A layer that reports where live answers differ from the contract: fields it does not know, types and enum values it
 * does not expect. It never changes or fails a call. For checks and staging: it loads the documents.
 */
export function withDriftReport({ generation = "v3", onEvent }: DriftOptions): Layer {
  const emit = detachedListener(onEvent);
  const failed = detachedListener((error: unknown) => {
    throw error;
  });
  return (next) => async (request, context) => {
    const response = await next(request, context);
    const body = answerOf(response)?.body;
    const { operation } = context;
    if (operation === undefined || !response.ok || typeof body !== "string" || body === "") return response;
    const { id, method, path } = operation;
    const { status } = response;
    try {
      const differences = await compare(generation, id, method, path, status, body);
      if (differences?.length === 0) emit({ type: "matches", operation: id, status });
      else if (differences !== undefined) emit({ type: "differs", operation: id, status, differences });
    } catch (error) {
      failed(error);
    }
    return response;
  };
}

interface DocumentedAnswer {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

async function compare(
  generation: Generation,
  id: string,
  method: string,
  path: string,
  status: number,
  body: string,
): Promise<readonly Difference[] | undefined> {
  const slug = documentOf(generation, id);
  if (slug === undefined) return undefined;
  const document = await loadDocument(generation, slug);
  const operation = document.paths[path]?.[method.toLowerCase()] as
    | { readonly responses: Readonly<Record<string, DocumentedAnswer>> }
    | undefined;
  const answer = operation?.responses[status];
  if (answer === undefined)
    return [{ path: "", kind: "status", expected: Object.keys(operation?.responses ?? {}).join(", "), actual: String(status) }];
  const schema = Object.values(answer.content ?? {})[0]?.schema;
  if (schema === undefined) return undefined;
  return compareAnswer((document.components.schemas ?? {}) as Schemas, schema, parse(body));
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

export type { Difference } from "./drift/compare-answer.ts";
