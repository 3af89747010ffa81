import { unprocessable } from "../../http/refusal.ts";
import type { Fields } from "../../state/resource-record.ts";

/** Digits with the signs that people put between them. */
const phone = /^\+?[\d\s().-]{7,24}$/;

/** A phone that is badly written is refused, as two integrators report; the words are those of the platform's validator. @throws Refusal 422 */
export function refusePhone(contactDetails: unknown): void {
  const { phoneNo } = (contactDetails ?? {}) as Fields;
  if (phoneNo === undefined || phoneNo === "" || phone.test(String(phoneNo))) return;
  throw unprocessable(["contactDetails.phoneNo must be a valid phone number"], "reported");
}
