import {
  abortedError,
  bodyFailedError,
  checkNumber,
  ghlError,
  isGhlError,
  mostRedirects,
  networkError,
  originOf,
  redirectTarget,
  watchedBody,
  type CallContext,
  type Send,
  type WireRequest,
} from "@ghlkit/core";
// In a file of its own: declarations that users compile must not lead to those of undici, which need @types/node.
import type { ConnectionOptions } from "./connection-options.ts";
import { undiciBody } from "./undici-body.ts";
import { openDispatchers, type Dispatchers } from "./undici-dispatchers.ts";
import { undiciSignal } from "./undici-signal.ts";
import { acceptedCodings, UndiciResponse } from "./undici-response.ts";

/** Options of {@link undiciSend}. */
export type UndiciSendOptions = ConnectionOptions;

/** A transport that keeps connections of its own. */
export interface UndiciSend extends Send {
  /** Takes no further requests, and resolves when those under way have ended and every connection is closed. */
  readonly close: () => Promise<void>;
}

/** What fetch sends by itself: the platform's firewall knows it. */
const usualHeaders = { accept: "*/*", "accept-language": "*", "accept-encoding": acceptedCodings, "user-agent": "node" };

/**
 * The fast transport for Node.js: undici's `request` on connections of its own, without the Request, Response and web streams that fetch makes
 * for each call. It follows redirects, decodes bodies, and fails as {@link fetchSend} does. Mocks that replace `globalThis.fetch` do not see
 * it. undici is loaded, and its agent made, at the first call.
 *
 * Give it to `createGhl({ transport })`; `openGhl()` of `ghlkit/node` takes one by itself.
 *
 * @throws GhlError `invalid_request` for numbers that cannot be; each call for a proxy or certificate that cannot be used.
 */
export function undiciSend(options: UndiciSendOptions = {}): UndiciSend {
  checkNumber("undiciSend", "connections", options.connections, { least: 1, whole: true });
  checkNumber("undiciSend", "keepAliveMs", options.keepAliveMs, { above: true });
  checkNumber("undiciSend", "connectTimeoutMs", options.connectTimeoutMs);
  let opened: Dispatchers | undefined;
  let opening: Promise<Dispatchers> | undefined;
  let closed = false;

  async function open(): Promise<Dispatchers> {
    opening ??= openDispatchers(options);
    return (opened = await opening);
  }

  const send: Send = async (request, context) => {
    if (closed) throw closedError(context);
    context.emit({ type: "sent", attempt: context.attempt });
    const stream = typeof request.body === "function" ? watchedBody(request.body()) : undefined;
    const sent = stream === undefined ? request : { ...request, body: () => stream.body };
    try {
      const dispatchers = opened ?? (await open());
      const response = await ask(dispatchers, sent, request.url, context);
      const isRead = request.method === "GET" || request.method === "HEAD";
      return isRead && response.status >= 300 ? await follow(response, dispatchers, request, context) : response;
    } catch (cause) {
      if (context.signal?.aborted) throw abortedError(context.signal, originOf(context));
      if (stream?.hasFailed() === true) throw bodyFailedError(cause, context);
      throw isGhlError(cause) ? cause : networkError(cause, context);
    }
  };

  let closing: Promise<void> | undefined;
  async function end(): Promise<void> {
    closed = true;
    // One that could not be opened has nothing to close.
    const made = await opening?.catch(() => undefined);
    await made?.close();
  }

  return Object.assign(send, { close: () => (closing ??= end()) });
}

/** Sends a read again to where it is redirected within its origin. */
async function follow(
  first: UndiciResponse,
  dispatchers: Dispatchers,
  request: WireRequest,
  context: CallContext,
): Promise<UndiciResponse> {
  let response = first;
  for (let count = 0; count < mostRedirects; count += 1) {
    const target = redirectTarget(response, response.url);
    if (target === undefined) break;
    response.discard();
    response = await ask(dispatchers, request, target, context);
  }
  return response;
}

async function ask(dispatchers: Dispatchers, request: WireRequest, to: string, context: CallContext): Promise<UndiciResponse> {
  const url = new URL(to);
  if (url.username !== "" || url.password !== "") throw new TypeError("Invalid URL: it carries a user or password.");
  const { body, contentType } = undiciBody(request.body, dispatchers.Form);
  const typed = contentType === undefined ? undefined : { "content-type": contentType };
  const answer = await dispatchers.of(url).request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: request.method as "GET",
    headers: { ...usualHeaders, ...typed, ...lowerCased(request.headers) },
    body: body ?? null,
    signal: context.signal === undefined ? null : undiciSignal(context.signal),
    // Time limits are the business of the layers.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return new UndiciResponse(answer, to, context);
}

/** A name in another case would go out as a second header. */
function lowerCased(headers: WireRequest["headers"]): Record<string, string> {
  const lower: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) lower[name.toLowerCase()] = value;
  return lower;
}

function closedError(context: CallContext): Error {
  const origin = { ...originOf(context), attempts: context.attempt - 1 };
  return ghlError("invalid_request", "This transport is closed. Nothing was sent.", {}, origin);
}
