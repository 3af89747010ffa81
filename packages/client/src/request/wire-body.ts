import type { BodyKind } from "@ghlkit/contract";
import type { WireBody } from "@ghlkit/core";
import { invalidRequest } from "./invalid-request.ts";

/** A body and the content type it needs; multipart gets its own from fetch, with the boundary. */
export interface EncodedBody {
  readonly body: WireBody;
  readonly contentType: string | undefined;
}

/** Encodes a body as the operation wants it. FormData and URLSearchParams pass as they are. */
export function encodeBody(operation: string, kind: BodyKind, body: unknown): EncodedBody {
  if (body instanceof FormData) return { body, contentType: undefined };
  if (body instanceof URLSearchParams) return { body: body.toString(), contentType: "application/x-www-form-urlencoded" };
  if (kind === "json") return { body: JSON.stringify(body), contentType: "application/json" };
  if (typeof body !== "object" || body === null) throw invalidRequest(operation, `body must be an object to be sent as ${kind}.`);
  const fields = Object.entries(body).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one: unknown) => [name, one] as const),
  );
  const given = fields.filter(([, value]) => value !== undefined && value !== null);
  if (kind === "form") {
    const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
    return { body: text, contentType: "application/x-www-form-urlencoded" };
  }
  const form = new FormData();
  for (const [name, value] of given) {
    if (value instanceof Blob) form.append(name, value);
    else form.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  return { body: form, contentType: undefined };
}
