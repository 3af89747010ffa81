import type { Contact } from "../../../state/contact.ts";
import type { CustomField } from "../../../state/location.ts";
import type { World } from "../../../world.ts";
import type { FilterField, FilterOperator } from "../../search/match-filter.ts";
import { fullName } from "../contact-view.ts";

/** A field of contacts that filters can name: which operators it takes, and its value on a contact. */
interface ContactField {
  readonly operators: readonly FilterOperator[];
  readonly read: (contact: Contact, world: World) => unknown;
}

const six: readonly FilterOperator[] = ["eq", "not_eq", "contains", "not_contains", "exists", "not_exists"];
const plain: readonly FilterOperator[] = ["eq", "not_eq", "exists", "not_exists"];
const dates: readonly FilterOperator[] = ["range", "exists", "not_exists"];

function property(name: keyof Contact, operators: readonly FilterOperator[]): ContactField {
  return { operators, read: (contact) => contact[name] };
}

const fields: Readonly<Record<string, ContactField>> = {
  id: { operators: ["eq", "not_eq"], read: (contact) => contact.id },
  address: property("address1", six),
  businessName: property("companyName", six),
  city: property("city", six),
  companyName: property("companyName", six),
  firstNameLowerCase: { operators: six, read: (contact) => contact.firstName?.toLowerCase() },
  lastNameLowerCase: { operators: six, read: (contact) => contact.lastName?.toLowerCase() },
  phone: property("phone", six),
  postalCode: property("postalCode", six),
  source: property("source", six),
  state: property("state", six),
  tags: property("tags", six),
  email: property("email", six),
  assignedTo: property("assignedTo", plain),
  country: property("country", plain),
  dnd: property("dnd", plain),
  followers: property("followers", six),
  isValidWhatsapp: { operators: plain, read: () => undefined },
  timezone: property("timezone", six),
  type: property("type", six),
  validEmail: { operators: plain, read: () => undefined },
  website: property("website", six),
  activeWorkflows: property("activeWorkflows", plain),
  finishedWorkflows: property("finishedWorkflows", plain),
  dateAdded: property("dateAdded", dates),
  dateUpdated: property("dateUpdated", dates),
  dateOfBirth: property("dateOfBirth", dates),
  lastEmailClickedDate: property("lastEmailClickedDate", dates),
  lastEmailOpenedDate: { operators: dates, read: () => undefined },
  lastAppointment: {
    operators: dates,
    read: (contact, { state }) =>
      state.appointments
        .group(contact.locationId)
        .filter((appointment) => appointment.contactId === contact.id && appointment.deleted !== true)
        .map((appointment) => new Date(appointment.startTime).toISOString())
        .toSorted()
        .at(-1),
  },
};

const opportunityParts = new Set(["pipelineId", "pipelineStageId", "status"]);

/** Which operators custom fields take, by what they hold. */
const customOperators: Readonly<Record<string, readonly FilterOperator[]>> = {
  TEXT: six,
  LARGE_TEXT: six,
  SINGLE_OPTIONS: six,
  RADIO: six,
  PHONE: six,
  CHECKBOX: plain,
  MULTIPLE_OPTIONS: plain,
  NUMERICAL: ["range", ...plain],
  MONETORY: ["range", ...plain],
  DATE: dates,
  TEXTBOX_LIST: six,
};

/** The field of a filter; `undefined` when there is none of that name. */
export function filterField(name: string, locationId: string, world: World): FilterField<Contact> | undefined {
  const field = contactField(name, world.state.customFields.group(locationId));
  return field === undefined ? undefined : { operators: field.operators, read: (contact) => field.read(contact, world) };
}

function contactField(name: string, definitions: readonly CustomField[]): ContactField | undefined {
  if (name.startsWith("customFields.")) return customField(name, definitions);
  if (name.startsWith("opportunities.")) return opportunityField(name.slice("opportunities.".length));
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function customField(name: string, definitions: readonly CustomField[]): ContactField | undefined {
  const [, id, option] = name.split(".");
  const definition = definitions.find((candidate) => candidate.id === id);
  if (definition === undefined) return undefined;
  return {
    operators: customOperators[definition.dataType] ?? six,
    read(contact) {
      const value = contact.customFields.find((item) => item.id === id)?.value;
      return option === undefined ? value : (value as Record<string, unknown> | undefined)?.[option];
    },
  };
}

function opportunityField(part: string): ContactField | undefined {
  if (!opportunityParts.has(part)) return undefined;
  return {
    operators: plain,
    read: (contact, { state }) =>
      state.opportunities
        .group(contact.locationId)
        .filter((opportunity) => opportunity.contactId === contact.id)
        .map((opportunity) => opportunity[part as "pipelineId" | "pipelineStageId" | "status"]),
  };
}

const sortable: Readonly<Record<string, (contact: Contact) => unknown>> = {
  firstNameLowerCase: (contact) => contact.firstName?.toLowerCase(),
  lastNameLowerCase: (contact) => contact.lastName?.toLowerCase(),
  businessName: (contact) => contact.companyName?.toLowerCase(),
  dateAdded: (contact) => Date.parse(contact.dateAdded),
  dateUpdated: (contact) => Date.parse(contact.dateUpdated),
  email: (contact) => contact.email,
};

/** The sort value of a contact under a field; `undefined` when contacts cannot be sorted by it. */
export function sortKey(name: string): ((contact: Contact) => unknown) | undefined {
  if (name.startsWith("customFields.")) {
    const id = name.slice("customFields.".length);
    return (contact) => contact.customFields.find((item) => item.id === id)?.value;
  }
  return sortable[name];
}

/** What a free text search looks through. */
export function searchText(contact: Contact): string {
  return [fullName(contact), contact.email, contact.phone, contact.companyName, ...contact.tags].filter(Boolean).join(" ").toLowerCase();
}
