import { retryClass } from "./retry-class.ts";
import { routeKey } from "./route-key.ts";
import type { SourceFacts } from "./source-facts.ts";
import type { SourceDocument, SourceOperation } from "./source-document.ts";
import { paginationFor } from "./pagination-for.ts";

/** What we know of an operation beyond the vendor's document. */
export interface OperationFacts {
  readonly id: string;
  readonly retry: string;
  readonly successor: string | undefined;
  readonly pagination: Readonly<Record<string, unknown>> | undefined;
}

/** Gathers our facts of one operation. `idOf` answers the frozen id of a route. */
export function operationFacts(
  document: SourceDocument,
  key: string,
  operation: SourceOperation,
  facts: SourceFacts,
  idOf: (key: string) => string,
): OperationFacts {
  const route = routeKey(key);
  const successor = facts.successors.get(route);
  return {
    id: idOf(key),
    retry: retryClass(route, facts.retry),
    successor: successor === undefined ? undefined : idOf(successor),
    pagination: paginationFor(document, operation, facts.pagination.get(route) ?? []),
  };
}
