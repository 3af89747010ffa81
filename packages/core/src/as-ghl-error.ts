import { ghlError, isGhlError, type ErrorOrigin, type GhlError } from "./ghl-error.ts";

/** What was thrown, where it is of the family, or an `unexpected` with it as the cause: a layer, fetch or credentials of the caller's own failed. */
export function asGhlError(error: unknown, origin: ErrorOrigin): GhlError {
  if (isGhlError(error)) return error;
  const message = "Something else than a GhlError was thrown inside the call, by a layer, fetch or credentials of your own: see cause.";
  return ghlError("unexpected", message, {}, { ...origin, cause: error });
}
