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

/** Writes the union of the ids of every operation that the client of the current generation has. */
export function emitOperationIds(rows: readonly Operation[]): string {
  const ids = rows.map(({ id }) => id).toSorted();
  return (
    [
      "/** Id of every operation of the current generation's client. */",
      "export type OperationId =",
      ...ids.map((id) => `  | ${JSON.stringify(id)}`),
    ].join("\n") + ";\n"
  );
}
