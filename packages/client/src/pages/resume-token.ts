import type { Operation } from "@ghlkit/contract";
import { invalidRequest } from "../request/invalid-request.ts";

/** Where a walk stands: the values of the next request, and how many items came before. */
export interface Position {
  readonly cursor: Readonly<Record<string, unknown>>;
  readonly done: number;
  /** Ids of the records that share the cursor's value: a platform that asks "from here" gives them again. */
  readonly ties?: readonly unknown[];
  /** With `ties`: how many records the page before had. One that is as long and gives ties alone has no end. */
  readonly pageLength?: number;
}

export function encodeResume(operation: Operation, { cursor, done, ties, pageLength }: Position): string {
  return JSON.stringify([operation.id, done, cursor, ...(ties === undefined ? [] : [ties, pageLength])]);
}

/** @throws GhlError `invalid_request` for a text that no page of this operation handed out. */
export function decodeResume(operation: Operation, token: string): Position {
  const [id, done, cursor, ties, pageLength] = parse(token);
  const isTied = Array.isArray(ties) && typeof pageLength === "number";
  if ((ties !== undefined && !isTied) || id !== operation.id || typeof done !== "number" || typeof cursor !== "object" || cursor === null) {
    throw invalidRequest(operation.id, "resume is not a token of a page of this operation.");
  }
  const names = operation.pagination?.cursor ?? [];
  if (!Object.keys(cursor).every((name) => names.includes(name)))
    throw invalidRequest(operation.id, "resume names parameters that are no cursor of this operation.");
  return { cursor: cursor as Position["cursor"], done, ...(isTied && { ties, pageLength }) };
}

function parse(token: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(token);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
