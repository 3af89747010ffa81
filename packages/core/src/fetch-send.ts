import { bodyFailedError, networkError } from "./network-error.ts";
import { followRedirects } from "./follow-redirects.ts";
import { sendOnce } from "./send-once.ts";
import type { Send } from "./send.ts";
import { abortedError } from "./sleep.ts";
import { originOf } from "./ghl-error.ts";
import { watchedBody } from "./watched-body.ts";

/** The part of fetch that ghlkit uses. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Makes the innermost {@link Send} from a fetch. A redirect is followed for reads only, and within the origin of the request: fetch would
 * turn a redirected POST into a GET without a word, and what another host answers is no answer of the platform. Any other redirect goes up
 * as it came.
 */
export function fetchSend(fetch: FetchLike): Send {
  return async (request, context) => {
    const { body, hasFailed } = watchedBody(typeof request.body === "function" ? request.body() : request.body);
    const init: RequestInit & { duplex?: "half" } = { method: request.method, headers: request.headers, redirect: "manual" };
    if (body !== undefined) init.body = body;
    if (body instanceof ReadableStream) init.duplex = "half";
    if (context.signal !== undefined) init.signal = context.signal;
    context.emit({ type: "sent", attempt: context.attempt });
    try {
      const response = await fetch(request.url, sendOnce(request.method, init));
      const isRead = request.method === "GET" || request.method === "HEAD";
      return isRead ? await followRedirects(response, request.url, (url, how) => fetch(url, { ...init, ...how })) : response;
    } catch (cause) {
      if (context.signal?.aborted) throw abortedError(context.signal, originOf(context));
      throw hasFailed() ? bodyFailedError(cause, context) : networkError(cause, context);
    }
  };
}
