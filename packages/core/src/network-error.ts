import type { CallContext } from "./call-context.ts";
import { ghlError, originOf, type GhlErrorOf } from "./ghl-error.ts";
import { neverLeft } from "./never-left.ts";
import { excerpt } from "./redact.ts";

/** The error of a request that brought no whole answer. */
export function networkError(cause: unknown, context: CallContext): GhlErrorOf<"network"> {
  const sent = !neverLeft(cause);
  const reason = codeText(cause) ?? excerpt(describe(cause));
  const text = `No answer from the platform (${reason}).${sent ? "" : " The request was not sent: check host and network."}`;
  return ghlError("network", text, { sent }, { ...originOf(context), cause });
}

/** A code is a short name; an error of another library may have anything there. */
function codeText(cause: unknown): string | undefined {
  const code = causeCode(cause);
  return code === undefined ? undefined : excerpt(code, 60);
}

/** The error of an answer that came and was cut off: whatever the cause says, the request had arrived. */
export function cutOffError(cause: unknown, context: CallContext, message: string): GhlErrorOf<"network"> {
  return ghlError("network", message, { sent: true }, { ...originOf(context), cause });
}

function causeCode(cause: unknown): string | undefined {
  for (let error = cause, depth = 0; typeof error === "object" && error !== null && depth < 5; depth += 1) {
    const { code, errors } = error as { code?: unknown; errors?: readonly unknown[] };
    if (typeof code === "string") return code;
    error = (error as { cause?: unknown }).cause ?? errors?.[0];
  }
  return undefined;
}

/** fetch says only "fetch failed": what happened stands in its cause. */
function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? `${cause.message}: ${cause.cause.message}` : cause.message;
}

/** The body that the caller streams failed while it was sent: a part of it may have arrived. */
export function bodyFailedError(cause: unknown, context: CallContext): Error {
  return cutOffError(cause, context, "The stream of the request's body failed. A part of it may have arrived.");
}
