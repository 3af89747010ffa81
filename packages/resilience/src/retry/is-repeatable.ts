import type { CallContext, WireRequest } from "@ghlkit/core";

/** Whether sending the call twice leaves what sending it once leaves. Outside the contract only a GET is known to. */
export function isRepeatable(request: WireRequest, { operation }: CallContext): boolean {
  if (operation === undefined) return request.method === "GET";
  return operation.retry === "safe" || operation.retry === "idempotent";
}
