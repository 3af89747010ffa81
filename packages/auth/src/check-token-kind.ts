import { acceptsToken, type Operation, type TokenKind } from "@ghlkit/contract";
import { ghlError } from "@ghlkit/core";

const needed: Readonly<Record<TokenKind, string>> = {
  location: "a token of a location (private or OAuth)",
  locationOAuth: "an OAuth token of a location",
  agency: "a token of the agency (private or OAuth)",
  agencyOAuth: "an OAuth token of the agency",
};

/**
 * Refuses an operation that does not accept a private integration token of this kind. Operations that state nothing pass.
 * @throws GhlError `token_kind`.
 */
export function checkTokenKind(operation: Operation | undefined, kind: "location" | "company"): void {
  if (operation === undefined || acceptsToken(operation.tokens, kind, "private")) return;
  const needs = operation.tokens;
  const message = `${operation.id} does not accept a private integration token of a ${kind}. It needs ${needs.map((need) => needed[need]).join(" or ")}.`;
  throw ghlError("token_kind", message, { needs }, { operation: operation.id });
}
