import type { CallContext, WireRequest } from "@ghlkit/core";

/**
 * Key under which the answer to a read may be shared; `undefined` for what must not be. It names who the call is for and with
 * which credentials, so that nobody is served another tenant's data, and never holds a secret.
 */
export function reuseKey(request: WireRequest, { principal, operation }: CallContext): string | undefined {
  if (request.method !== "GET" || request.body !== undefined || operation?.answer === "binary") return undefined;
  const who = principal === undefined ? "" : `${principal.app} ${principal.kind} ${principal.resource} ${principal.credential ?? ""}`;
  return `${who}\n${request.headers["version"] ?? ""}\n${request.url}`;
}
