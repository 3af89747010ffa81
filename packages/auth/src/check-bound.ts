import { tokenKindsOf, type Operation } from "@ghlkit/contract";
import { ghlError, type BoundResource, type ErrorOrigin } from "@ghlkit/core";

/**
 * Refuses a client bound to another resource than the token's.
 * @throws GhlError `token_kind` for the other kind of resource, `invalid_request` for another location or company.
 */
export function checkBound(operation: Operation | undefined, bound: BoundResource | undefined, own: BoundResource): void {
  if (bound === undefined) return;
  const origin: ErrorOrigin = { operation: operation?.id };
  if (bound.kind !== own.kind) {
    const needs = tokenKindsOf(bound.kind);
    const message = `The client is bound to a ${bound.kind}, the token belongs to ${own.kind} ${own.resource}. Bind the ${own.kind}, or use a token of the ${bound.kind}.`;
    throw ghlError("token_kind", message, { needs }, origin);
  }
  if (bound.resource !== own.resource) {
    const message = `The client is bound to ${bound.kind} ${bound.resource}, the token belongs to ${own.resource}.`;
    throw ghlError("invalid_request", message, {}, origin);
  }
}
