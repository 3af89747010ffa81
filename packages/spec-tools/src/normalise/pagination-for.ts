import type { SourceDocument, SourceOperation, SourceSchema } from "./source-document.ts";

type PaginationFacts = Readonly<Record<string, unknown>>;

/**
 * The known way to page that fits this operation: its parameters are there, and its items stand where it says. The
 * generations may differ in both. Where the vendor's schema shows no items the first with the parameters is taken.
 */
export function paginationFor(
  document: SourceDocument,
  operation: SourceOperation,
  candidates: readonly PaginationFacts[],
): PaginationFacts | undefined {
  const possible = candidates.filter((facts) => {
    const names = facts["in"] === "body" ? bodyFields(document, operation) : queryNames(operation);
    const wanted = [
      ...((facts["cursor"] as string[] | undefined) ?? []),
      ...(facts["size"] === undefined ? [] : [facts["size"] as string]),
    ];
    // A body that is not described can hold any field.
    return names === undefined || wanted.every((name) => names.includes(name));
  });
  return possible.find((facts) => hasList(document, operation, facts["items"] as string)) ?? possible[0];
}

function queryNames(operation: SourceOperation): readonly string[] {
  return (operation.parameters ?? []).filter((one) => one.in === "query").map((one) => one.name);
}

function bodyFields(document: SourceDocument, operation: SourceOperation): readonly string[] | undefined {
  const [media] = Object.values(operation.requestBody?.content ?? {});
  const schema = resolved(document, media?.schema);
  const names = Object.keys(schema?.properties ?? {});
  return names.length === 0 && schema?.additionalProperties === true ? undefined : names;
}

function hasList(document: SourceDocument, operation: SourceOperation, path: string): boolean {
  const status = Object.keys(operation.responses).find((code) => code.startsWith("2")) ?? "";
  const [media] = Object.values(operation.responses[status]?.content ?? {});
  let schema = resolved(document, media?.schema);
  for (const name of path === "" ? [] : path.split(".")) schema = resolved(document, schema?.properties?.[name]);
  return schema?.type === "array";
}

function resolved(document: SourceDocument, schema: SourceSchema | undefined): SourceSchema | undefined {
  let current = schema;
  while (current?.$ref !== undefined) current = document.components.schemas[current.$ref.replace("#/components/schemas/", "")];
  return current;
}
