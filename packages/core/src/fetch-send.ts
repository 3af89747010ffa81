import { networkError } from "./network-error.ts";
import type { Send } from "./send.ts";
import { abortedError } from "./sleep.ts";
import { originOf } from "./ghl-error.ts";

/** The part of fetch that ghlkit uses. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Makes the innermost {@link Send} from a fetch. A redirect is followed for reads only: fetch would turn a redirected
 * POST into a GET without a word.
 */
export function fetchSend(fetch: FetchLike): Send {
  return async (request, context) => {
    const body = typeof request.body === "function" ? request.body() : request.body;
    const init: RequestInit & { duplex?: "half" } = { method: request.method, headers: request.headers };
    if (body !== undefined) init.body = body;
    if (body instanceof ReadableStream) init.duplex = "half";
    if (context.signal !== undefined) init.signal = context.signal;
    if (request.method !== "GET") init.redirect = "manual";
    context.emit({ type: "sent", attempt: context.attempt });
    try {
      return await fetch(request.url, init);
    } catch (cause) {
      if (context.signal?.aborted) throw abortedError(context.signal, originOf(context));
      throw networkError(cause, context);
    }
  };
}
