import { headerValues, type RawDelivery } from "./raw-delivery.ts";
import { reject, type Rejection } from "./rejection.ts";

/** The bytes of a body that may be checked. */
export type RawBody = { readonly valid: true; readonly bytes: Uint8Array<ArrayBuffer> } | Rejection;

/** What each framework needs so that the bytes arrive as they were sent. */
export const fixesOfParsedBody: string = [
  ` Pass the bytes that were received: the signature is over them, and JSON that is written again is other bytes.`,
  `Express: mount webhooks before express.json(), use express.raw({ type: "*/*" }), or keep the bytes in request.rawBody with the verify option of express.json.`,
  `Fastify: register the plugin of @ghlkit/webhooks/fastify, which keeps the bytes of its own routes; remove hooks that parse the body before it.`,
  `Hono: c.req.raw instead of await c.req.json().`,
  `Next.js: a route handler with its request; on the pages router export const config = { api: { bodyParser: false } }.`,
  `Nest: NestFactory.create(App, { rawBody: true }) and the handler of @ghlkit/webhooks/express, which takes request.rawBody.`,
  `Lambda: the handler of @ghlkit/webhooks/lambda with the event as AWS sends it, before a middleware that parses event.body.`,
  `Workers: the request itself, before request.json().`,
].join("\n- ");

const encoder = new TextEncoder();

/** Checks what can be checked without a key. */
export function readRawBody({ body, headers }: RawDelivery, maxBodyBytes: number): RawBody {
  const bytes = rawBytes(body);
  if (bytes === undefined) return reject("body_not_raw", fixesOfParsedBody);
  if (bytes.length === 0) return reject("body_empty");
  if (bytes.length > maxBodyBytes) return reject("body_too_large", ` It has ${bytes.length} bytes, the limit is ${maxBodyBytes}.`);
  const encoding = headerValues(headers, "content-encoding").join(",").trim().toLowerCase();
  if (encoding !== "" && encoding !== "identity") return reject("content_encoding");
  if (!isJsonType(headerValues(headers, "content-type"))) return reject("content_type");
  return { valid: true, bytes };
}

/**
 * The bytes of a text, a view (Uint8Array, Buffer, DataView) or an ArrayBuffer, of this realm or another one (jest, vm).
 * `undefined` for everything else: it is not what was received.
 */
export function rawBytes(body: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof body === "string") return encoder.encode(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength);
  return isArrayBuffer(body) ? new Uint8Array(body) : undefined;
}

/** Only a buffer can be given to the constructor of a view with an offset. Not `instanceof`, which knows one realm. */
function isArrayBuffer(value: unknown): value is ArrayBuffer {
  try {
    return typeof value === "object" && value !== null && new DataView(value as ArrayBuffer, 0).byteLength >= 0;
  } catch {
    return false;
  }
}

/** JSON, or no statement at all; charset UTF-8 or none. Which type the platform sends is not documented. */
function isJsonType(values: readonly string[]): boolean {
  const [value, ...more] = values;
  if (value === undefined) return true;
  const [type = "", ...parameters] = value
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const charset = parameters
    .find((parameter) => parameter.startsWith("charset="))
    ?.slice(8)
    .replaceAll('"', "");
  const isText = type === "application/json" || type.endsWith("+json") || type === "text/plain" || type === "application/octet-stream";
  return more.length === 0 && isText && (charset === undefined || charset === "utf-8" || charset === "utf8");
}
