import type { Pagination } from "@ghlkit/contract";
import type { Input } from "../request/request-builder.ts";
import type { Position } from "./resume-token.ts";

/** Input of one page: the caller's, with the values of a position, or with what only the first request carries. */
export function pageInput(pagination: Pagination, input: Input, position: Position | undefined): Input {
  const given = pageFields(pagination, input);
  if (position === undefined) {
    const moving = pagination.first === undefined || pagination.cursor.some((name) => given[name] !== undefined);
    return moving ? input : withFields(pagination, input, { ...pagination.first, ...given });
  }
  const fields: Record<string, unknown> = { ...given };
  for (const name in pagination.first) delete fields[name];
  return withFields(pagination, input, { ...fields, ...position.cursor });
}

/** The part of the input in which the paging parameters stand. */
export function pageFields(pagination: Pagination, input: Input): Input {
  return pagination.in === "query" ? input : ((input["body"] as Input | undefined) ?? {});
}

function withFields(pagination: Pagination, input: Input, fields: Input): Input {
  return pagination.in === "query" ? fields : { ...input, body: fields };
}
