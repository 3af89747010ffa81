import { ghlError, isGhlError, isUnsentCall, type CallContext, type ErrorOrigin, type GhlErrorOf } from "@ghlkit/core";

/** Whether an error proves that its request did not reach the platform, so that its slot was not spent. */
export function isUnsent(error: unknown): boolean {
  if (!isGhlError(error)) return false;
  if (isUnsentCall(error)) return true;
  if (error.code === "token_kind") return error.status === undefined;
  return error.code === "invalid_request" || error.code === "circuit_open" || error.code === "queue_full";
}

/** The queue holds as many calls as it may. */
export function queueFull(context: CallContext, depth: number): GhlErrorOf<"queue_full"> {
  const message = `${depth} calls wait for this ${context.principal?.kind ?? "bucket"} already. Send slower, or raise maxQueue.`;
  return ghlError("queue_full", message, { depth }, unsentOrigin(context));
}

/** The wait is, or would be, longer than the caller allows. */
export function waitTooLong(context: CallContext, depth: number, maxWaitMs: number): GhlErrorOf<"queue_full"> {
  const message = `No slot within ${maxWaitMs} ms: ${depth} calls wait. Send slower, or raise maxWaitMs.`;
  return ghlError("queue_full", message, { depth }, unsentOrigin(context));
}

/** The call's deadline comes before its slot. */
export function pastDeadline(context: CallContext, timeoutMs: number): GhlErrorOf<"timeout"> {
  const message = `No slot before the deadline, ${timeoutMs} ms away. Nothing was sent.`;
  return ghlError("timeout", message, { timeoutMs, scope: "total", sent: false }, unsentOrigin(context));
}

/** The day's quota is used up. */
export function dayUsedUp(context: CallContext, resetsAt: number | undefined): GhlErrorOf<"rate_daily"> {
  const until = resetsAt === undefined ? "the platform resets it" : new Date(resetsAt).toISOString();
  return ghlError("rate_daily", `The day's quota is used up until ${until}. Nothing was sent.`, { resetsAt }, unsentOrigin(context));
}

/** What is left of the day is kept for urgent work. */
export function dayReserved(context: CallContext, reserve: number, resetsAt: number | undefined): GhlErrorOf<"rate_daily"> {
  const message = `The last ${reserve} calls of the day are kept for interactive work. Nothing was sent.`;
  return ghlError("rate_daily", message, { resetsAt }, unsentOrigin(context));
}

/** Origin of an error raised before this attempt was sent. */
export function unsentOrigin(context: CallContext): ErrorOrigin {
  // Not spread from `originOf`: one signal can end a hundred thousand calls.
  return { operation: context.operation?.id ?? context.name, principal: context.principal, attempts: context.attempt - 1 };
}
