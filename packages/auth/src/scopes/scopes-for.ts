import { operationTable, type OperationId, type Scope } from "@ghlkit/contract";
import { ghlError } from "@ghlkit/core";

/** Scopes that a set of operations needs. */
export interface ScopesFor {
  /** What the operations state, sorted. */
  readonly scopes: readonly Scope[];
  /** Operations whose documents state no scope: they may need one all the same. */
  readonly unknown: readonly OperationId[];
}

/**
 * Scopes that an app needs for these operations.
 * @throws GhlError `invalid_request` for an id that no operation has.
 */
export function scopesFor(...ids: readonly OperationId[]): ScopesFor {
  const scopes = new Set<Scope>();
  const unknown: OperationId[] = [];
  for (const id of ids) {
    const operation = operationTable.operation(id);
    if (operation === undefined) throw ghlError("invalid_request", `There is no operation "${id}".`, {});
    if (operation.scopes === null) unknown.push(id);
    else for (const scope of operation.scopes) scopes.add(scope as Scope);
  }
  return { scopes: [...scopes].toSorted(), unknown };
}
