import { isGhlError, type GhlError } from "@ghlkit/core";
import { refusedRequest } from "../run/refused-request.ts";
import type { Refused } from "./booking-result.ts";

/** A refusal as a result; `undefined` for what is no refusal of this request. */
export function refusedBooking(error: unknown): Refused | undefined {
  if (!isGhlError(error) || !refusedRequest.has(error.code)) return undefined;
  return { outcome: "refused", why: reasonOf(error), error };
}

function reasonOf(error: GhlError): Refused["why"] {
  const words = isGhlError(error, "validation") ? error.fields.map(({ message }) => message).join(" ") : error.message;
  if (/team member needs to be selected|assignedUserId is missing/i.test(words)) return "no_team_member";
  return /not part of calendar team/i.test(words) ? "not_in_team" : "other";
}
