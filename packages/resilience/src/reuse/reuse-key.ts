import { callerIdentity, type CallContext, type WireRequest } from "@ghlkit/core";

/**
 * Key under which the answer to a read may be shared; `undefined` for what must not be. It names who calls, so that no caller is served
 * another's data: where that is unknown nothing is shared. Holds no secret.
 */
export function reuseKey(request: WireRequest, context: CallContext): string | undefined {
  if (request.method !== "GET" || request.body !== undefined || context.operation?.answer === "binary") return undefined;
  const caller = callerIdentity(request, context);
  return caller === undefined ? undefined : `${caller}\n${request.headers["version"] ?? ""}\n${request.url}`;
}
