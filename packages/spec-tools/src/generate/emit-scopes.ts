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
