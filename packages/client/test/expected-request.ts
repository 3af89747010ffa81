import type { Operation } from "@ghlkit/contract";
import { documentOf, loadDocument, type Generation } from "@ghlkit/contract-documents";

interface DocumentedParameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly explode?: boolean;
}

interface DocumentedOperation {
  readonly operationId: string;
  readonly parameters?: readonly DocumentedParameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly "x-version"?: string;
}

/** What the documents say of the request of one operation, read without the operation table. */
export interface ExpectedRequest {
  readonly method: string;
  readonly path: RegExp;
  readonly pathNames: ReadonlySet<string>;
  readonly version: string | undefined;
  readonly queryNames: ReadonlySet<string>;
  readonly commaNames: ReadonlySet<string>;
  readonly contentType: string | undefined;
}

export async function expectedRequest(generation: Generation, operation: Operation): Promise<ExpectedRequest> {
  // The current client also reaches operations that stand in the documents of v2 alone.
  const found = (await locate(generation, operation.id)) ?? (await locate("v2", operation.id));
  if (found === undefined) throw new Error(`${operation.id} stands in no document.`);
  const query = (found.operation.parameters ?? []).filter((one) => one.in === "query");
  return {
    method: found.verb.toUpperCase(),
    path: new RegExp(`^${found.path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{[^}]+\}/g, "[^/]+")}$`),
    pathNames: new Set([...found.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name as string)),
    version: found.operation["x-version"],
    queryNames: new Set(query.map(({ name }) => name)),
    commaNames: new Set(query.filter(({ explode }) => explode === false).map(({ name }) => name)),
    contentType: Object.keys(found.operation.requestBody?.content ?? {})[0],
  };
}

interface Located {
  readonly path: string;
  readonly verb: string;
  readonly operation: DocumentedOperation;
}

async function locate(generation: Generation, id: string): Promise<Located | undefined> {
  const slug = documentOf(generation, id);
  if (slug === undefined) return undefined;
  const { paths } = await loadDocument(generation, slug);
  for (const [path, item] of Object.entries(paths)) {
    for (const [verb, operation] of Object.entries(item as Readonly<Record<string, DocumentedOperation>>)) {
      if (operation.operationId === id) return { path, verb, operation };
    }
  }
  return undefined;
}
