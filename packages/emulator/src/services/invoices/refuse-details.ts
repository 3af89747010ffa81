import { unprocessable } from "../../http/refusal.ts";
import type { Fields } from "../../state/resource-record.ts";
import type { CommerceChoices } from "../../switches/commerce-switches.ts";
import { belowZero } from "../../validate/below-zero.ts";
import { isDay } from "../../validate/is-day.ts";
import { isEmail } from "../../validate/is-email.ts";
import { refusePhone } from "./invoice-phone.ts";

/** What is sent of an invoice or estimate. Dates, amounts and e-mails are held against a switch: only some of their refusals were seen. @throws Refusal 422 */
export function refuseDetails(input: Fields, { details }: CommerceChoices): void {
  refusePhone(input["contactDetails"]);
  if (details === "any") return;
  const messages = [...dayProblems(input), ...lineProblems(input), ...discountProblems(input), ...emailProblems(input)];
  if (messages.length > 0) throw unprocessable(messages, "inferred");
}

function dayProblems(input: Fields): readonly string[] {
  return ["issueDate", "dueDate", "expiryDate"].flatMap((name) => {
    const day = input[name];
    return typeof day === "string" && !isDay(day) ? [`${name} must be in YYYY-MM-DD format`] : [];
  });
}

function lineProblems(input: Fields): readonly string[] {
  const name = input["items"] === undefined ? "invoiceItems" : "items";
  const lines = (input[name] ?? []) as readonly { readonly qty?: unknown; readonly amount?: unknown }[];
  return lines.flatMap(({ qty, amount }, index) => [
    ...belowZero(`${name}.${index}.qty`, qty),
    ...belowZero(`${name}.${index}.amount`, amount),
  ]);
}

function discountProblems({ discount }: Fields): readonly string[] {
  const { type, value } = (discount ?? {}) as { readonly type?: unknown; readonly value?: unknown };
  const isTooMuch = type === "percentage" && typeof value === "number" && value > 100;
  return [...belowZero("discount.value", value), ...(isTooMuch ? ["discount.value must not be greater than 100"] : [])];
}

function emailProblems({ contactDetails, sentTo }: Fields): readonly string[] {
  const { email } = (contactDetails ?? {}) as { readonly email?: unknown };
  const receivers = ((sentTo ?? {}) as { readonly email?: unknown }).email;
  const isWrong = (one: unknown): boolean => typeof one === "string" && one !== "" && !isEmail(one);
  return [
    ...(isWrong(email) ? ["contactDetails.email must be an email"] : []),
    ...(Array.isArray(receivers) && receivers.some(isWrong) ? ["sentTo.each value in email must be an email"] : []),
  ];
}
