import { notFound, unprocessable } from "../../http/refusal.ts";
import type { Contact, CustomFieldValue, DndSettings } from "../../state/contact.ts";
import type { CustomField } from "../../state/location.ts";
import type { Call } from "../../call/call.ts";
import { isEmail } from "../../validate/is-email.ts";
import { readCustomFields, type CustomFieldInput } from "../custom-field-values.ts";
import { readDndSettings } from "./dnd-settings.ts";
import { isCountry } from "./country.ts";
import { isPhone, normalisePhone } from "./phone.ts";

/** The parts of a contact that a request can set. */
export type ContactChanges = Partial<Omit<Contact, "id" | "locationId" | "dateAdded" | "dateUpdated">>;

const plainFields = [
  "lastName",
  "companyName",
  "assignedTo",
  "address1",
  "city",
  "state",
  "postalCode",
  "country",
  "website",
  "timezone",
  "gender",
  "source",
] as const;

/** Reads what a create, update or upsert wants of a contact: normalised, defaults not filled in. */
export function readContactInput(call: Call, locationId: string, before?: Contact): ContactChanges {
  const { body, world } = call;
  refuseUnreadable(call);
  const changes: Record<string, unknown> = { ...emptied(call, before) };
  for (const [field, value] of givenTexts(call)) changes[field] = value;
  if (typeof body["country"] === "string") changes["country"] = body["country"].toUpperCase();
  if (typeof body["email"] === "string") changes["email"] = body["email"].trim().toLowerCase();
  if (typeof body["phone"] === "string") {
    changes["phone"] = normalisePhone(body["phone"], world.state.locations.get(locationId)?.country ?? "US");
  }
  if (typeof body["dateOfBirth"] === "string" && body["dateOfBirth"] !== "") changes["dateOfBirth"] = normaliseDate(body["dateOfBirth"]);
  if (typeof body["dnd"] === "boolean") changes["dnd"] = body["dnd"];
  if (body["dndSettings"]) changes["dndSettings"] = { ...before?.dndSettings, ...readDndSettings(body["dndSettings"] as DndSettings) };
  if (body["inboundDndSettings"]) changes["inboundDndSettings"] = body["inboundDndSettings"];
  // In updates and upserts the list replaces what was there.
  if (Array.isArray(body["tags"])) changes["tags"] = normaliseTags(body["tags"] as string[]);
  if (Array.isArray(body["customFields"])) {
    const definitions = world.state.customFields.group(locationId).filter((field: CustomField) => field.model === "contact");
    changes["customFields"] = readCustomFields(
      body["customFields"] as CustomFieldInput[],
      definitions,
      before?.customFields ?? emptyValues,
      world.options,
    );
  }
  return changes;
}

/** Free text and `""` are no e-mail, and `""` no phone (reported by five integrators); what other unreadable values answer is not established. */
function refuseUnreadable({ body, world: { options, state } }: Call): void {
  const { email, phone, country, assignedTo } = body;
  if (typeof email === "string" && !isEmail(email.trim())) throw unprocessable(["email must be an email"]);
  if (phone === "" || (typeof phone === "string" && options.unreadablePhone === "reject" && !isPhone(phone)))
    throw unprocessable(["phone must be a valid phone number"], "inferred");
  if (typeof country === "string" && country !== "" && options.unknownCountry === "reject" && !isCountry(country))
    throw unprocessable(["country must be a valid ISO31661 Alpha2 code"], "inferred");
  if (typeof assignedTo === "string" && assignedTo !== "" && state.users.get(assignedTo) === undefined)
    throw notFound(`User with id ${assignedTo} not found`, "reported");
}

/** Fields that a change empties: which value does that is a switch. */
function emptied({ body, world: { options } }: Call, before: Contact | undefined): Partial<Record<string, undefined>> {
  if (before === undefined) return {};
  const emptyValue = options.emptiedBy === "null" ? null : "";
  const names = ["firstName", "email", "phone", "dateOfBirth", ...plainFields].filter((name) => name in body && body[name] === emptyValue);
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** Texts that say something; `""` is ignored. */
function givenTexts({ body }: Call): readonly (readonly [string, unknown])[] {
  const texts = plainFields.map((name) => [name, body[name]] as const);
  return [...texts, ...Object.entries(readName(body))].filter(([, value]) => typeof value === "string" && value !== "");
}

const emptyValues: readonly CustomFieldValue[] = [];

/** The platform keeps tags in lower case. */
export function normaliseTags(tags: readonly string[]): readonly string[] {
  return [...new Set(tags.map((tag) => tag.trim().toLowerCase()).filter((tag) => tag !== ""))];
}

/** `name` is a shorthand: its first word is the first name, the rest the last name. Explicit parts win. */
function readName(body: Readonly<Record<string, unknown>>): Partial<Contact> {
  const parts = typeof body["name"] === "string" ? body["name"].trim().split(/\s+/) : [];
  const [first, ...rest] = parts;
  return {
    ...(first && { firstName: first }),
    ...(rest.length > 0 && { lastName: rest.join(" ") }),
    ...(typeof body["firstName"] === "string" && { firstName: body["firstName"] }),
    ...(typeof body["lastName"] === "string" && { lastName: body["lastName"] }),
  };
}

/** Year first or year last, with `/`, `-`, `.` or `_` between; month before day. What is neither stays as it is. */
function normaliseDate(text: string): string {
  const [a = "", b = "", c = ""] = text.slice(0, 10).split(/[/\-._]/);
  const [year, month, day] = a.length === 4 ? [a, b, c] : [c, a, b];
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return text;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}
