import type { WebhookReceiver } from "../receiver/webhook-receiver.ts";

/** The part of node's IncomingMessage that is used. Express and Fastify have the same. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly headersDistinct?: Readonly<Record<string, string[] | undefined>>;
  readonly socket?: { readonly remoteAddress?: string | undefined };
  /** What a body parser left. */
  readonly body?: unknown;
  /** The bytes beside it, where Nest (`rawBody: true`), Cloud Functions or a `verify` of `express.json` keep them. */
  readonly rawBody?: unknown;
  readonly readableEnded?: boolean;
  readonly destroy?: () => unknown;
}

/** The part of node's ServerResponse that is used. */
export interface NodeResponse {
  readonly writeHead: (status: number, headers: Record<string, string>) => unknown;
  readonly end: (body?: string) => unknown;
}

/**
 * A handler for `http.createServer`, and for every framework on top of it. Mount it before body parsers: what they leave behind
 * is refused, unless it is the bytes themselves (`express.raw`) or the bytes are there as well (`rawBody`).
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

/** `undefined` when the sender hung up before all of the body was there: nobody waits for an answer, and nothing was accepted. */
async function answerTo(receiver: WebhookReceiver, request: NodeRequest): Promise<Response | undefined> {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  const body = await bodyOf(request, receiver.maxBodyBytes).catch((): typeof hungUp => hungUp);
  if (body === hungUp) return undefined;
  // Unlike `headers` these tell a repeated header from one with a comma in it.
  const headers = request.headersDistinct ?? request.headers;
  return receiver.receive({ body, headers, address: request.socket?.remoteAddress });
}

const hungUp: unique symbol = Symbol("hung up");

async function bodyOf(request: NodeRequest, maxBytes: number): Promise<Uint8Array> {
  if (request.rawBody instanceof Uint8Array) return request.rawBody;
  // What is no bytes is for the receiver to refuse: it tells how to mend it.
  if (request.body !== undefined || request.readableEnded === true) return request.body as Uint8Array;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request) {
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
