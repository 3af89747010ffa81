import type { AnswerKind } from "@ghlkit/contract";
import { answerOf, type WireResponse } from "@ghlkit/core";

/**
 * Whether an answer holds what the next caller can read: a body that was read within its attempt, and where the operation answers JSON, one
 * with fields or items. A page of maintenance that a gateway serves with 200 would be the answer to every call until it expires.
 */
export function holdsData(response: WireResponse, kind: AnswerKind | undefined): boolean {
  const body = answerOf(response)?.body;
  if (!response.ok || body === undefined) return false;
  return kind !== "json" || (typeof body === "string" && isStructure(body));
}

function isStructure(text: string): boolean {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" && data !== null;
  } catch {
    return false;
  }
}
