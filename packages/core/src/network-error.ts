import type { CallContext } from "./call-context.ts";
import { ghlError, originOf, type GhlErrorOf } from "./ghl-error.ts";
import { neverLeft } from "./never-left.ts";
import { excerpt } from "./redact.ts";

/** The error of a request that brought no whole answer. */
export function networkError(cause: unknown, context: CallContext, message?: string): GhlErrorOf<"network"> {
  const sent = !neverLeft(cause);
  const reason = causeCode(cause) ?? excerpt(describe(cause));
  const text = message ?? `No answer from the platform (${reason}).${sent ? "" : " The request was not sent: check host and network."}`;
  return ghlError("network", text, { sent }, { ...originOf(context), cause });
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
