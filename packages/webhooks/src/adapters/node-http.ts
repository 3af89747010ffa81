import type { WebhookReceiver } from "../receiver/webhook-receiver.ts";
import { rawBytes } from "../verify/raw-body.ts";

/** The part of node's IncomingMessage that is used. Express and Fastify have the same. */
export interface NodeRequest extends AsyncIterable<Uint8Array | string> {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly headersDistinct?: Readonly<Record<string, string[] | undefined>>;
  readonly socket?: { readonly remoteAddress?: string | undefined };
  /** What a body parser left. */
  readonly body?: unknown;
  /** The bytes or the text beside it, where Nest (`rawBody: true`), Cloud Functions, Azure or a `verify` of `express.json` keep them. */
  readonly rawBody?: unknown;
  readonly readableEnded?: boolean;
  /** Whether something has begun to read the stream. */
  readonly readableDidRead?: boolean;
  readonly destroy?: () => unknown;
}

/** The part of node's ServerResponse that is used. */
export interface NodeResponse {
  readonly writeHead: (status: number, headers: Record<string, string>) => unknown;
  readonly end: (body?: string) => unknown;
}

/**
 * A handler for `http.createServer`, and for every framework on top of it. Mount it before body parsers: what they leave behind
 * is refused, unless it is the bytes or the text themselves (`express.raw`, `express.text`) or these are there as well (`rawBody`).
 */
export function toNodeHandler(receiver: WebhookReceiver): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (request, response) => {
    const answer = await answerTo(receiver, request);
    if (answer === undefined) return;
    const headers = Object.fromEntries(answer.headers);
    // The rest of a body that is too large is not read.
    response.writeHead(answer.status, answer.status === 413 ? { ...headers, connection: "close" } : headers);
    response.end(await answer.text());
  };
}

/** `undefined` when the sender hung up before all of the body was there: no one waits for an answer, and nothing was accepted. */
async function answerTo(receiver: WebhookReceiver, request: NodeRequest): Promise<Response | undefined> {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  const body = await bodyOf(request, receiver.maxBodyBytes).catch((): typeof hungUp => hungUp);
  if (body === hungUp) return undefined;
  // Unlike `headers` these distinguish a repeated header from one with a comma in it.
  const headers = request.headersDistinct ?? request.headers;
  return receiver.receive({ body, headers, address: request.socket?.remoteAddress });
}

const hungUp: unique symbol = Symbol("hung up");

const encoder = new TextEncoder();

/** The bytes beside a parsed body, the bytes a parser left in its place, or the stream where nothing has read it. */
async function bodyOf(request: NodeRequest, maxBytes: number): Promise<Uint8Array | string> {
  const { rawBody, body } = request;
  for (const kept of [rawBody, body]) {
    const bytes = rawBytes(kept);
    if (bytes !== undefined) return bytes;
  }
  // Parsers of Express 4 leave `{}` for a content type that they do not read.
  if (isUnread(request)) return readStream(request, maxBytes);
  // What is no bytes is for the receiver to refuse: its message says what to fix.
  return body as Uint8Array;
}

function isUnread({ body, readableEnded, readableDidRead }: NodeRequest): boolean {
  return readableDidRead === undefined ? body === undefined && readableEnded !== true : !readableDidRead && readableEnded !== true;
}

async function readStream(request: NodeRequest, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const part of request) {
    // Texts come where something has set an encoding.
    const chunk = typeof part === "string" ? encoder.encode(part) : part;
    chunks.push(chunk);
    length += chunk.length;
    // One byte more than allowed is enough to be refused for.
    if (length > maxBytes) break;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
