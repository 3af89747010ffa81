import { ghlError, originOf } from "./ghl-error.ts";
import type { CallContext } from "./call-context.ts";
import { isWrite } from "./is-write.ts";
import { cutOffError } from "./network-error.ts";
import { traceIdOf } from "./classify/platform-error.ts";
import { excerpt } from "./redact.ts";
import type { Layer } from "./send.ts";
import { abortedError } from "./sleep.ts";

const kept: unique symbol = Symbol.for("ghlkit.answer") as never;

/** What was read of an answer within its attempt. */
export interface Answer {
  readonly body: string | ArrayBuffer;
  /** The attempt that brought it. */
  readonly attempt: number;
}

type Read = Response & { [kept]?: Answer };

/**
 * Reads the body within the attempt, so that retry, timeout and cache see cut-off and dripping bodies, and hands the
 * same Response up: its `text()`, `json()`, `arrayBuffer()`, `bytes()`, `blob()` and `clone()` may then be called any number of times.
 */
export const readBody: Layer = (next) => async (request, context) => {
  const response: Read = await next(request, context);
  if (response[kept] !== undefined) return response;
  const body = await read(response, context);
  response[kept] = { body, attempt: context.attempt };
  return withKeptMethods(response);
};

/** A server library may have put a Response in place whose methods are read only; assigning is several times as fast as defining. */
function withKeptMethods(response: Read): Read {
  try {
    response.text = keptText;
    response.json = keptJson;
    response.arrayBuffer = keptArrayBuffer;
    response.bytes = keptBytes;
    response.blob = keptBlob;
    response.clone = keptClone;
    return response;
  } catch {
    const methods = { text: keptText, json: keptJson, arrayBuffer: keptArrayBuffer, bytes: keptBytes, blob: keptBlob, clone: keptClone };
    for (const [name, value] of Object.entries(methods)) Object.defineProperty(response, name, { value });
    return response;
  }
}

/** The body read by {@link readBody}, or `undefined` for a Response that did not pass it. */
export function answerOf(response: Response): Answer | undefined {
  return (response as Read)[kept];
}

/** Text of an answer, read now if no layer has read it yet. */
export async function answerText(response: Response): Promise<string> {
  const answer = answerOf(response);
  if (answer === undefined) return response.text();
  return typeof answer.body === "string" ? answer.body : new TextDecoder().decode(answer.body);
}

async function read(response: Response, context: CallContext): Promise<string | ArrayBuffer> {
  try {
    // Outside the contract nobody knows what comes: bytes can still become text, text cannot become bytes again.
    const isBinary = context.operation === undefined ? !isTextual(response) : context.operation.answer === "binary";
    return isBinary && response.ok ? await response.arrayBuffer() : await response.text();
  } catch (cause) {
    if (context.signal?.aborted) throw abortedError(context.signal, originOf(context));
    const told = response.headers.get("content-length");
    if (response.ok && accepted(context) && context.operation?.retry !== "idempotent") throw acceptedError(response.status, cause, context);
    throw cutOffError(cause, context, `The answer (${response.status}) was cut off${told === null ? "" : ` before its ${told} bytes`}.`);
  }
}

function isTextual(response: Response): boolean {
  const type = response.headers.get("content-type") ?? "";
  return type === "" || type.startsWith("text/") || type.includes("json");
}

function keptText(this: Read): Promise<string> {
  return answerText(this);
}

async function keptJson(this: Read): Promise<unknown> {
  return JSON.parse(await answerText(this)) as unknown;
}

async function keptBytes(this: Read): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await keptArrayBuffer.call(this));
}

async function keptArrayBuffer(this: Read): Promise<ArrayBuffer> {
  const body = (this[kept] as Answer).body;
  return typeof body === "string" ? new TextEncoder().encode(body).buffer : body;
}

async function keptBlob(this: Read): Promise<Blob> {
  const type = this.headers.get("content-type");
  return new Blob([(this[kept] as Answer).body], type === null ? {} : { type });
}

function keptClone(this: Read): Response {
  const { body } = this[kept] as Answer;
  const isEmpty = this.status === 204 || this.status === 205 || this.status === 304;
  const { status, statusText, headers } = this;
  return new Response(isEmpty ? null : body, { status, statusText, headers });
}

/**
 * JSON of an answer; an empty body is `undefined`.
 * @throws GhlError `invalid_response` when the text is not JSON.
 */
export async function answerJson(response: Response, context: CallContext): Promise<unknown> {
  const text = await answerText(response);
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own error quotes the text, and what was cut off may be a token: neither is kept.
    throw ghlError(
      "invalid_response",
      `The platform answered ${response.status} with something that is not JSON: ${excerpt(text.replace(/\s+/g, " "), 60)}${accepted(context) ? ". The write was accepted: do not send it again." : ""}`,
      accepted(context) ? { status: response.status, accepted: true } : { status: response.status },
      { ...originOf(context), attempts: answerOf(response)?.attempt ?? context.attempt, traceId: traceIdOf(text), body: excerpt(text) },
    );
  }
}

/** A write that must not be repeated, and need not: an idempotent one is sent again for its answer. */
function acceptedError(status: number, cause: unknown, context: CallContext): Error {
  const message = `The platform answered ${status}, and the rest of the answer was cut off. The write was accepted: do not send it again.`;
  return ghlError("invalid_response", message, { status, accepted: true }, { ...originOf(context), cause });
}

/** A 2xx says that a write was carried out, whatever its body is. */
function accepted({ operation, name = "" }: CallContext): boolean {
  const method = operation?.method ?? name.slice(0, Math.max(0, name.indexOf(" ")));
  return method !== "" && isWrite(method, operation);
}
