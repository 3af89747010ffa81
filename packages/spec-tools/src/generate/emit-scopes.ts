import type { Operation } from "@ghlkit/contract";

/** Writes the union of every scope an operation states. */
export function emitScopes(rows: readonly Operation[]): string {
  const scopes = [...new Set(rows.flatMap((row) => row.scopes ?? []))].toSorted();
  return (
    [
      "/** Every scope that an operation of either generation states. */",
      "export type Scope =",
      ...scopes.map((scope) => `  | ${JSON.stringify(scope)}`),
      "",
    ].join("\n") + ";\n"
  );
}

/** Writes the union of operation ids. @param client The client that has these operations, for the docstring. */
export function emitOperationIds(client: string, rows: readonly Operation[]): string {
  const ids = rows.map(({ id }) => id).toSorted();
  return (
    [
      `/** Id of every operation of the ${client} client. */`,
      "export type OperationId =",
      ...ids.map((id) => `  | ${JSON.stringify(id)}`),
    ].join("\n") + ";\n"
  );
}
