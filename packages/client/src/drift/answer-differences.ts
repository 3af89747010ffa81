import type { Operation } from "@ghlkit/contract";
import { documentOf, loadDocument, type Generation } from "@ghlkit/contract-documents";
import { compareAnswer, type Difference, type Schemas } from "./compare-answer.ts";

/** An answer as it came. */
export interface GivenAnswer {
  readonly status: number;
  readonly body: string;
}

interface DocumentedAnswer {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

/** Where an answer differs from the contract; `undefined` where that says nothing about it. */
export async function answerDifferences(
  generation: Generation,
  { id, method, path }: Pick<Operation, "id" | "method" | "path">,
  { status, body }: GivenAnswer,
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
