import type { CallContext } from "./call-context.ts";
import { ghlError, originOf, type GhlErrorOf } from "./ghl-error.ts";
import { redact } from "./redact.ts";

/** Codes of failures that happen before a byte of the request is sent. */
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "ConnectionRefused",
]);

/** The error of a request that brought no whole answer. */
export function networkError(cause: unknown, context: CallContext, message?: string): GhlErrorOf<"network"> {
  const code = causeCode(cause);
  const sent = !neverSent.has(code ?? "") && !/bad port|unsupported protocol|invalid url/i.test(describe(cause));
  const text =
    message ??
    `No answer from the platform (${code ?? redact(describe(cause))}).${sent ? "" : " The request was not sent: check host and network."}`;
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
