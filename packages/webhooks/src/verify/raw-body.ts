import { headerValues, type RawDelivery } from "./raw-delivery.ts";
import { reject, type Rejection } from "./verdict.ts";

/** The bytes of a body that may be checked. */
export type RawBody = { readonly valid: true; readonly bytes: Uint8Array<ArrayBuffer> } | Rejection;

/** What each framework needs so that the bytes arrive as they were sent. */
const mends = [
  ` Pass the bytes that were received: the signature is over them, and JSON that is written again is other bytes.`,
  `Express: mount webhooks before express.json(), or use express.raw({ type: "*/*" }).`,
  `Fastify: register the plugin of @ghlkit/webhooks/fastify, which keeps the bytes of its own routes.`,
  `Hono: c.req.raw instead of await c.req.json().`,
  `Next.js: a route handler with its request; on the pages router export const config = { api: { bodyParser: false } }.`,
  `Nest: NestFactory.create(App, { rawBody: true }) and the handler of @ghlkit/webhooks/express, which takes request.rawBody.`,
  `Lambda: the handler of @ghlkit/webhooks/lambda, which undoes isBase64Encoded.`,
  `Workers: the request itself, before request.json().`,
].join("\n- ");

const encoder = new TextEncoder();

/** Checks what can be checked without a key. */
export function readRawBody({ body, headers }: RawDelivery, maxBodyBytes: number): RawBody {
  const bytes = bytesOf(body);
  if (bytes === undefined) return reject("body_not_raw", mends);
  if (bytes.length === 0) return reject("body_empty");
  if (bytes.length > maxBodyBytes) return reject("body_too_large", ` It has ${bytes.length} bytes, the limit is ${maxBodyBytes}.`);
  const encoding = headerValues(headers, "content-encoding").join(",").trim().toLowerCase();
  if (encoding !== "" && encoding !== "identity") return reject("content_encoding");
  if (!isJsonType(headerValues(headers, "content-type"))) return reject("content_type");
  return { valid: true, bytes };
}

function bytesOf(body: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  return typeof body === "string" ? encoder.encode(body) : undefined;
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
