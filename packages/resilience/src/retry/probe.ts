import { ghlError, isGhlError, originOf, type CallContext, type WireRequest, type WireResponse } from "@ghlkit/core";

/** What a look at the platform found. */
export type Probed<Result> = { readonly happened: true; readonly result: Result } | { readonly happened: false };

/**
 * Looks what became of a write that may have happened: it must not be sent twice, and its answer was lost or the platform failed. Say
 * `happened: false` only when that is certain: searches of the platform lag behind its writes. `undefined` when that is not certain.
 */
export type WriteProbe = (request: WireRequest, context: CallContext) => Promise<Probed<WireResponse> | undefined>;

/** How an attempt ended. */
export type Outcome =
  | { readonly response: WireResponse; readonly undone?: boolean }
  /** `undone`: a probe saw that it left no effect, so it may be sent again. */
  | { readonly error: unknown; readonly undone?: boolean };

/** Has the probe look after a write that may have happened. A probe that fails decides nothing; its error is added. */
export async function lookAfter(outcome: Outcome, probe: WriteProbe, request: WireRequest, context: CallContext): Promise<Outcome> {
  try {
    const found = await probe(request, context);
    if (found === undefined) return outcome;
    return found.happened ? { response: found.result } : { ...outcome, undone: true };
  } catch (cause) {
    return { error: outcomeUnknown(request, context, "error" in outcome ? new AggregateError([outcome.error, cause]) : cause) };
  }
}

/** Whether the request went out and no answer came. */
export function isLost(error: unknown): boolean {
  return isGhlError(error) && (error.code === "network" || (error.code === "timeout" && error.scope === "attempt")) && error.sent;
}

/** It is not known whether the write happened. */
export function outcomeUnknown(request: WireRequest, context: CallContext, cause: unknown): Error {
  const what = context.operation?.id ?? request.method;
  const message = `The answer to ${what} was lost: it may have happened. Look before sending it again.`;
  return ghlError("outcome_unknown", message, {}, { ...originOf(context), cause });
}
