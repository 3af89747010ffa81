import { fieldDay } from "../fields/field-day.ts";
import type { Fields, FieldWrite } from "../fields/create-fields.ts";
import type { FieldInputs } from "../fields/field-value.ts";
import { contactEmail } from "./contact-email.ts";
import { contactPhone, phoneExtension } from "./contact-phone.ts";
import { contactTags } from "./contact-tags.ts";
import type { RejectedField } from "./ensure-result.ts";
import { standardFields, type Person, type StandardField } from "./person.ts";

/** A person in the platform's form. */
export interface NormalisedPerson {
  readonly externalId: string | undefined;
  readonly email: string | undefined;
  /** E.164. */
  readonly phone: string | undefined;
  readonly standard: Readonly<Partial<Record<StandardField, string>>>;
  readonly fields: readonly FieldWrite[];
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
}

/** What reading a person needs of its location. */
export interface PersonContext {
  readonly fields: Fields;
  /** ISO 3166 code for phones without calling code; asked for only when it is needed. */
  readonly country: () => Promise<string | undefined>;
}

/** Brings a person into the platform's form, or lists everything that the platform would refuse or drop. */
export async function normalisePerson(
  person: Person<object>,
  context: PersonContext,
): Promise<{ readonly person: NormalisedPerson } | { readonly rejected: readonly RejectedField[] }> {
  const noValues = [...noTexts(person), ...noTags(person)];
  const unreadable = noValues.length > 0 ? noValues : contradictions(person);
  if (unreadable.length > 0) return { rejected: unreadable };
  const rejected: RejectedField[] = [...noCountry(person)];
  const email = given(person.email) ? contactEmail(person.email) : undefined;
  if (given(person.email) && email === undefined) rejected.push({ field: "email", why: "invalid_email" });
  const read = given(person.phone) ? await readPhone(person.phone, person, context) : undefined;
  if (read !== undefined && typeof read !== "string") rejected.push(read);
  const phone = typeof read === "string" ? read : undefined;
  const dateOfBirth = given(person.dateOfBirth) ? fieldDay(person.dateOfBirth) : undefined;
  if (given(person.dateOfBirth) && dateOfBirth === undefined) rejected.push({ field: "dateOfBirth", why: "invalid_date" });
  const custom = await context.fields.write("contact", (person.fields ?? {}) as FieldInputs);
  if (custom.outcome === "rejected") rejected.push(...custom.fields);
  if (rejected.length > 0 || custom.outcome === "rejected") return { rejected };
  const normalised: NormalisedPerson = {
    externalId: given(person.externalId) ? person.externalId : undefined,
    email,
    phone,
    standard: { ...readStandard(person), ...(dateOfBirth !== undefined && { dateOfBirth }) },
    fields: custom.writes,
    addTags: contactTags(person.addTags ?? []),
    removeTags: contactTags(person.removeTags ?? []),
  };
  return { person: normalised };
}

/** An empty text is no value: forms send one for what was left blank, and the platform refuses it. */
function given(text: string | null | undefined): text is string {
  return text !== undefined && text !== null && text.trim() !== "";
}

/** Parts that are no texts, such as a phone number that came as a JSON number. `null` is no value, as in many forms. */
function noTexts(person: Person<object>): readonly RejectedField[] {
  const parts: Readonly<Record<string, unknown>> = { ...person };
  return ["externalId", "email", "phone", ...standardFields].flatMap((field) =>
    parts[field] === undefined || parts[field] === null || typeof parts[field] === "string"
      ? []
      : [{ field, why: "invalid_value" as const }],
  );
}

/** Tags that are no list of texts: a single text would be a tag for each of its letters. */
function noTags(person: Person<object>): readonly RejectedField[] {
  return (["addTags", "removeTags"] as const).flatMap((field) => {
    const tags: unknown = person[field] ?? [];
    const isList = Array.isArray(tags) && tags.every((tag) => typeof tag === "string");
    return isList ? [] : [{ field, why: "invalid_value" as const, message: "Tags are a list of texts." }];
  });
}

/** The platform refuses names of countries, and a number cannot be read by one. */
function noCountry({ country }: Person<object>): readonly RejectedField[] {
  if (!given(country) || /^[a-z]{2}$/i.test(country.trim())) return [];
  return [{ field: "country", why: "invalid_value", message: "It is the code of ISO 3166, such as US." }];
}

/** A tag that is to be added and removed would change with each call. */
function contradictions({ addTags, removeTags }: Person<object>): readonly RejectedField[] {
  const added = new Set(contactTags(addTags ?? []));
  const both = contactTags(removeTags ?? []).filter((tag) => added.has(tag));
  return both.length === 0 ? [] : [{ field: "removeTags", why: "invalid_value", message: `To be added, too: ${both.join(", ")}.` }];
}

/** The location's country is looked up only for a number that says none itself. */
async function readPhone(text: string, { country }: Person<object>, context: PersonContext): Promise<string | RejectedField> {
  const isInternational = text.trim().startsWith("+");
  const readBy = given(country) ? country.trim() : isInternational ? undefined : await context.country();
  const phone = contactPhone(text, readBy);
  if (phone !== undefined) return phone;
  const extension = phoneExtension(text, readBy);
  if (extension === undefined) return { field: "phone", why: "invalid_phone" };
  const message = `A contact's number has no extension: leave "${extension}" out, or keep it in a custom field.`;
  return { field: "phone", why: "invalid_phone", message };
}

function readStandard(person: Person<object>): NormalisedPerson["standard"] {
  return Object.fromEntries(
    standardFields.flatMap((name) => {
      const value = person[name];
      return given(value) ? [[name, value.trim()]] : [];
    }),
  );
}
