import { accepted, acceptedError } from "./accepted-write.ts";
import { answerKind } from "./answer-data.ts";
import type { CallContext } from "./call-context.ts";
import { isGhlError, originOf } from "./ghl-error.ts";
import { cutOffError } from "./network-error.ts";
import { answerOf, isRead, ReadResponse } from "./read-response.ts";
import type { Layer } from "./send.ts";
import { abortedError } from "./sleep.ts";
import type { WireResponse } from "./wire-response.ts";

/**
 * Reads the body within the attempt, so that retry, timeout and cache see cut-off and dripping bodies. The answer it hands up may be read
 * any number of times.
 */
export const readBody: Layer = (next) => async (request, context) => {
  const response = await next(request, context);
  return isRead(response) ? response : readAnswer(response, context);
};

/**
 * An answer with its body, read now unless that was done before.
 * @throws GhlError `aborted`, `network` for a body that is cut off, `invalid_response` for that of an accepted write.
 */
export async function readAnswer(response: WireResponse, context: CallContext): Promise<ReadResponse> {
  if (isRead(response)) return response;
  return new ReadResponse(response, answerOf(response) ?? { body: await read(response, context), attempt: context.attempt });
}

async function read(response: WireResponse, context: CallContext): Promise<string | ArrayBuffer> {
  try {
    const isBinary = response.ok && answerKind(response, context.operation) === "binary";
    return isBinary ? await response.arrayBuffer() : await response.text();
  } catch (cause) {
    if (context.signal?.aborted) throw abortedError(context.signal, originOf(context));
    if (response.ok && accepted(context) && context.operation?.retry !== "idempotent") throw acceptedError(response.status, cause, context);
    // A transport that cannot decode a body says so itself.
    if (isGhlError(cause)) throw cause;
    const length = response.headers.get("content-length");
    const where = length === null ? "" : ` before its ${length} bytes`;
    throw cutOffError(cause, context, `The answer (${response.status}) was cut off${where}.`);
  }
}
