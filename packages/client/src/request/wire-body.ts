import type { BodyKind } from "@ghlkit/contract";
import type { WireBody } from "@ghlkit/core";
import { invalidRequest } from "./invalid-request.ts";
import { isBinary, problemOf } from "./sendable.ts";

/** A body and the content type it needs; multipart gets its own from fetch, with the boundary. */
export interface EncodedBody {
  readonly body: WireBody;
  readonly contentType: string | undefined;
}

/**
 * Encodes a body as the operation wants it. FormData and URLSearchParams pass as they are; in a multipart body a Blob, a File, an ArrayBuffer
 * or any view of one (a Buffer of `readFile`) is a file part, named after the body's `name` where it has no name of its own.
 *
 * @throws GhlError `invalid_request` for what cannot be sent as it is meant: streams, promises, functions, `NaN`, bytes within JSON.
 */
export function encodeBody(operation: string, kind: BodyKind, body: unknown): EncodedBody {
  if (body instanceof FormData) return { body, contentType: undefined };
  if (body instanceof URLSearchParams) return { body: body.toString(), contentType: "application/x-www-form-urlencoded" };
  if (typeof body !== "object" || body === null || isBinary(body)) throw noObject(operation, kind, body);
  if (kind === "json") return { body: json(operation, body), contentType: "application/json" };
  const problem = Array.isArray(body) ? "body is a list" : undefined;
  if (problem !== undefined) throw invalidRequest(operation, `${problem}: an object is sent as ${kind}.`);
  return kind === "form" ? form(operation, body) : multipart(operation, body);
}

function noObject(operation: string, kind: BodyKind, body: unknown): Error {
  const what = body === null ? "null" : typeof body === "object" ? "bytes" : `a ${typeof body}`;
  const hint = what === "bytes" && kind === "multipart" ? ", such as { file: bytes }" : "";
  return invalidRequest(operation, `body must be an object to be sent as ${kind}${hint}; it is ${what}.`);
}

/** A getter or a toJSON of the caller's may throw anything: the request builder reports it. */
function json(operation: string, body: object): string {
  const problem = problemOf(body, "body");
  if (problem !== undefined) throw invalidRequest(operation, `${problem}.`);
  const text: string | undefined = JSON.stringify(body);
  if (text === undefined || !/^[{[]/.test(text))
    throw invalidRequest(operation, "body must be an object or a list when it is written as JSON.");
  return text;
}

/** Fields by name, those of a list one by one, without what is not given. */
function fieldsOf(body: object): readonly (readonly [string, unknown])[] {
  return Object.entries(body)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one: unknown) => [name, one] as const))
    .filter(([, value]) => value !== undefined && value !== null);
}

function form(operation: string, body: object): EncodedBody {
  const pairs = fieldsOf(body).map(([name, value]) => {
    const isScalar = typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
    if (!isScalar) throw invalidRequest(operation, `body.${name} must be text, a number or a boolean.`);
    return [name, String(value)];
  });
  return { body: new URLSearchParams(pairs).toString(), contentType: "application/x-www-form-urlencoded" };
}

function multipart(operation: string, body: object): EncodedBody {
  const form = new FormData();
  const { name: given } = body as { readonly name?: unknown };
  for (const [name, value] of fieldsOf(body)) {
    if (isBinary(value)) appendFile(form, name, value, typeof given === "string" && given !== "" ? given : name);
    else form.append(name, partOf(operation, name, value));
  }
  return { body: form, contentType: undefined };
}

function appendFile(form: FormData, field: string, value: Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>, fileName: string): void {
  if (value instanceof File) form.append(field, value);
  else form.append(field, value instanceof Blob ? value : new Blob([value]), fileName);
}

function partOf(operation: string, name: string, value: unknown): string {
  const problem = problemOf(value, `body.${name}`);
  if (problem !== undefined) throw invalidRequest(operation, `${problem}.`);
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
