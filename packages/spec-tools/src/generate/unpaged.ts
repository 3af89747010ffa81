import { routeKey } from "../normalise/route-key.ts";
import { hasUnknownAnswer } from "./document.ts";
import type { OperationTypes } from "./type-document.ts";

const pagingNames: ReadonlySet<string> = new Set([
  "limit",
  "offset",
  "skip",
  "page",
  "pageSize",
  "page_size",
  "pageLimit",
  "pageNumber",
  "perPage",
  "pageToken",
  "nextPageToken",
  "startAfter",
  "startAfterId",
  "cursor",
  "lastMessageId",
]);

/** An operation that takes paging parameters and is not paged by the client. */
export interface Unpaged {
  readonly operation: OperationTypes;
  readonly parameters: readonly string[];
  readonly reason: string;
}

/**
 * Operations that take paging parameters and are not paged, each with its reason.
 * @param reasons Route → why it is not paged (`facts/unpaged.tsv`).
 * @throws Error for one without: page it in `facts/pagination.yaml`, or say why not in `facts/unpaged.tsv`.
 */
export function unpagedOperations(operations: readonly OperationTypes[], reasons: ReadonlyMap<string, string>): readonly Unpaged[] {
  return operations.flatMap((operation) => {
    const { row, source } = operation;
    const parameters = (source.parameters ?? []).filter((one) => one.in === "query" && pagingNames.has(one.name)).map(({ name }) => name);
    if (row.pagination !== null || parameters.length === 0) return [];
    const reason = reasons.get(routeKey(`${row.method} ${row.path}`)) ?? (hasUnknownAnswer(source) ? unknownItems : undefined);
    if (reason === undefined) {
      throw new Error(
        `${row.id} (${row.method} ${row.path}) takes ${parameters.join(", ")} and is not paged: page it in packages/spec-tools/facts/pagination.yaml, or say why not in facts/unpaged.tsv`,
      );
    }
    return [{ operation, parameters, reason }];
  });
}

const unknownItems = "the answer is not described: where its items stand is not known";
