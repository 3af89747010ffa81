import { isGhlError } from "@ghlkit/core";

/** Whether the platform knows no event of the id, which it answers with 400. */
export function isUnknownEvent(error: unknown): boolean {
  return isGhlError(error, "not_found") || (isGhlError(error, "bad_request") && /event id is invalid/i.test(error.message));
}
