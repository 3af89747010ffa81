import type { CallContext } from "./call-context.ts";
import type { WireRequest } from "./wire-request.ts";
import type { WireResponse } from "./wire-response.ts";

/**
 * Sends one request and resolves to its answer. Rejects with a {@link GhlError} when no usable answer came.
 * A status of 400 or above is an answer, not a rejection: the layers decide, the client throws.
 */
export type Send = (request: WireRequest, context: CallContext) => Promise<WireResponse>;

/** Wraps a {@link Send} into another one. Layers are the only plug-in mechanism. */
export type Layer = (next: Send) => Send;

/** Puts layers around a {@link Send}; the first layer is the outermost. */
export function compose(layers: readonly Layer[], send: Send): Send {
  return layers.reduceRight((next, layer) => layer(next), send);
}
