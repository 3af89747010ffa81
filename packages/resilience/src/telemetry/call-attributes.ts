import type { CallContext, WireRequest } from "@ghlkit/core";

/**
 * Span attributes that are known before a call is sent. Names of HTTP and URL are OpenTelemetry's semantic conventions; the
 * rest begins with `ghlkit.`. The URL itself is left out: its query may hold names, e-mails and phone numbers.
 */
export function callAttributes(request: WireRequest, { operation, principal, priority }: CallContext): Record<string, string> {
  const { hostname, port } = new URL(request.url);
  return {
    "http.request.method": request.method,
    "server.address": hostname,
    ...(port === "" ? {} : { "server.port": port }),
    ...(operation === undefined ? {} : { "url.template": operation.path, "ghlkit.operation": operation.id }),
    ...(principal === undefined ? {} : { "ghlkit.resource.kind": principal.kind, "ghlkit.resource.id": principal.resource }),
    "ghlkit.priority": priority,
  };
}
