import type { CallContext } from "./call-context.ts";
import type { ErrorDetails, GhlErrorCode } from "./error-code.ts";
import { ghlError, isGhlError, originOf, type GhlError } from "./ghl-error.ts";

/** What every error carries; the rest are details of its code. */
const common: ReadonlySet<string> = new Set(["code", "operation", "principal", "traceId", "attempts", "platformCode", "body", "docs"]);

/**
 * The error of a call that was not sent because it could not be authorised: the code and details of what failed, with `sent: false`
 * and `during: "authorisation"`. Whether the failed token request itself was sent says nothing of the call.
 */
export function unauthorisedCall(error: unknown, context: CallContext): unknown {
  if (!isGhlError(error)) return error;
  // That the outcome of a token request is unknown is no news of the call.
  const code: GhlErrorCode = error.code === "outcome_unknown" ? "network" : error.code;
  const details = Object.fromEntries(Object.entries(error).filter(([name]) => !common.has(name)));
  const unsent = { ...details, sent: false, during: "authorisation" } as unknown as ErrorDetails[typeof code];
  const origin = {
    ...originOf(context),
    attempts: context.attempt - 1,
    traceId: error.traceId,
    platformCode: error.platformCode,
    body: error.body,
    cause: error,
  };
  return ghlError(code, `The call was not sent: ${error.message}`, unsent, origin) as GhlError;
}

/** Whether an error says that its call certainly did not reach the platform. `during` narrows to those that were refused before sending. */
export function isUnsentCall(error: unknown, during?: "authorisation"): boolean {
  if (!isGhlError(error)) return false;
  const { sent, during: when } = error as { readonly sent?: unknown; readonly during?: unknown };
  return sent === false && (during === undefined || when === during);
}
