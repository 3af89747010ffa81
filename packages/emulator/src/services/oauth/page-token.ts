import { aipError } from "./aip-error.ts";

/** Opaque to clients; the examples of the documents are JSON in base64. */
export function pageTokenOf(skip: number): string {
  return Buffer.from(JSON.stringify({ skip })).toString("base64");
}

/** @throws Refusal 400 when the token is none of ours. */
export function readPageToken(token: string | undefined): number {
  if (token === undefined) return 0;
  try {
    const { skip } = JSON.parse(Buffer.from(token, "base64").toString()) as { readonly skip?: unknown };
    if (typeof skip === "number" && Number.isInteger(skip) && skip >= 0) return skip;
  } catch {
    // Not even JSON: the same answer.
  }
  throw aipError(400, "INVALID_ARGUMENT", "pageToken is invalid");
}
