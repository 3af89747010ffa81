import { plainAmount, Refusal } from "@ghlkit/app-kit/server";
import { contactEmail, contactPhone } from "@ghlkit/crm/contacts";

/** A person who wants something. */
export interface Lead {
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string;
  /** E.164. */
  readonly phone?: string;
  readonly source: string;
  readonly interest: string;
  /** In major units of the location's currency. */
  readonly value?: number;
  /** The person has agreed to text messages. */
  readonly smsConsent: boolean;
  /** When it came in, ms since epoch. */
  readonly takenAt: number;
}

/** What was typed or stood in a file. */
export type LeadTexts = Readonly<
  Record<"firstName" | "lastName" | "email" | "phone" | "source" | "interest" | "value" | "smsConsent", string>
>;

/**
 * Reads a lead of texts.
 * @param country ISO 3166 code for phone numbers without one of their own.
 * @param takenAt When it came in, ms since epoch.
 * @throws Refusal naming every field that cannot be read.
 */
export function readLead(texts: LeadTexts, country: string, takenAt: number): Lead {
  const wrong: Record<string, string> = {};
  const email = texts.email === "" ? undefined : contactEmail(texts.email);
  const phone = texts.phone === "" ? undefined : contactPhone(texts.phone, country);
  const amount = texts.value === "" ? "" : plainAmount(texts.value);
  if (texts.email !== "" && email === undefined) wrong["email"] = "is no address";
  if (texts.phone !== "" && phone === undefined) wrong["phone"] = "is no number";
  if (texts.email === "" && texts.phone === "") wrong["email"] = "or phone is needed";
  if (amount === undefined) wrong["value"] = "is no amount, such as 1,234.50";
  if (Object.keys(wrong).length > 0)
    throw new Refusal(
      Object.entries(wrong)
        .map(([field, why]) => `${field} ${why}`)
        .join("; "),
      wrong,
    );
  return {
    firstName: texts.firstName,
    lastName: texts.lastName,
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    source: texts.source || "lead board",
    interest: texts.interest || "General",
    ...(amount !== "" && { value: Number(amount) }),
    smsConsent: /^(yes|true|1|on)$/i.test(texts.smsConsent),
    takenAt,
  };
}
