import { contactEmail, contactPhone } from "@ghlkit/crm/contacts";
import type { Lead, LeadRow } from "./lead.ts";

/** A lead, or the reason why nothing can be done with the row. */
export type NormalisedLead = { readonly lead: Lead } | { readonly reason: string };

/**
 * Brings a row into the form that HighLevel takes. An invalid e-mail or phone is left out and reported; a row without any way
 * to reach the person is rejected.
 * @param country ISO 3166 code for phone numbers without country code.
 */
export function normaliseLead(row: LeadRow, country: string): NormalisedLead {
  const notes: string[] = [];
  const email = readEmail(row.email, notes);
  const phone = readPhone(row.phone, country, notes);
  if (email === undefined && phone === undefined) return { reason: ["no usable e-mail or phone", ...notes].join("; ") };
  return {
    lead: {
      line: row.line,
      firstName: row.firstName,
      lastName: row.lastName,
      email,
      phone,
      source: row.source,
      interest: row.interest,
      value: readValue(row.value, notes),
      smsConsent: /^(yes|true|1)$/i.test(row.smsConsent),
      notes,
    },
  };
}

function readEmail(text: string, notes: string[]): string | undefined {
  if (text === "") return undefined;
  const email = contactEmail(text);
  if (email !== undefined) return email;
  notes.push(`e-mail "${text}" left out: not an address`);
  return undefined;
}

function readPhone(text: string, country: string, notes: string[]): string | undefined {
  if (text === "") return undefined;
  const phone = contactPhone(text, country);
  if (phone !== undefined) return phone;
  notes.push(`phone "${text}" left out: not a number`);
  return undefined;
}

function readValue(text: string, notes: string[]): number | undefined {
  if (text === "") return undefined;
  const value = Number(text.replaceAll(",", ""));
  if (Number.isFinite(value) && value >= 0) return value;
  notes.push(`value "${text}" left out: not an amount`);
  return undefined;
}
