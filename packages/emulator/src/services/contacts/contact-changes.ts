import { isDeepStrictEqual } from "node:util";
import { fullName } from "./contact-view.ts";
import { writeDndSettings } from "./dnd-settings.ts";
import type { Contact } from "../../state/contact.ts";
import type { SwitchValues } from "../../switches/switch-options.ts";
import { platformEvent, type EventFields, type PlatformEvent } from "../../webhooks/platform-event.ts";

type ContactFields = EventFields<"ContactCreate">;

/**
 * Events of a contact's change. Tags and do-not-disturb have events of their own; a change that no event shows (its
 * followers, campaigns and workflows) has none.
 */
export function contactChanges(
  before: Contact | undefined,
  after: Contact | undefined,
  tagEvents: SwitchValues["tagEvents"] = "one",
): readonly PlatformEvent[] {
  const contact = after ?? before;
  if (contact === undefined) return [];
  const about = { locationId: contact.locationId };
  const fields = contactFields(contact);
  if (before === undefined) return [platformEvent("ContactCreate", about, fields)];
  if (after === undefined) return [platformEvent("ContactDelete", about, fields)];
  const events: PlatformEvent[] = [];
  const rest = (record: Contact): unknown => ({ ...record, ...ownEvents, ...(tagEvents === "two" && { tags: record.tags }) });
  if (!isDeepStrictEqual(rest(before), rest(after))) events.push(platformEvent("ContactUpdate", about, fields));
  if (!isDeepStrictEqual(before.tags, after.tags)) events.push(platformEvent("ContactTagUpdate", about, fields));
  if (before.dnd !== after.dnd || !isDeepStrictEqual(before.dndSettings, after.dndSettings)) {
    const dndSettings = writeDndSettings(after.dndSettings ?? {}, "v2");
    events.push(platformEvent("ContactDndUpdate", about, { ...fields, dndSettings }));
  }
  return events;
}

/** What does not make a `ContactUpdate`. */
const ownEvents: Partial<Record<keyof Contact, null>> = {
  tags: null,
  dnd: null,
  dndSettings: null,
  inboundDndSettings: null,
  followers: null,
  campaigns: null,
  activeWorkflows: null,
  finishedWorkflows: null,
  dateUpdated: null,
  lastUpdatedBy: null,
  lastEmailClickedDate: null,
};

function contactFields(contact: Contact): ContactFields {
  const { id, firstName, lastName, email, phone, address1, city, state, postalCode, country, website } = contact;
  const { companyName, source, dateAdded, dateOfBirth, dnd, tags, assignedTo, customFields } = contact;
  const given = { firstName, lastName, email, phone, address1, city, state, postalCode, country, website };
  const more = { companyName, source, dateOfBirth, assignedTo };
  return {
    id,
    name: fullName(contact),
    ...withoutAbsent({ ...given, ...more }),
    dateAdded,
    dnd,
    tags: [...tags],
    attachments: [],
    customFields: customFields.map((field) => ({ id: field.id, value: field.value as string })),
  };
}

/** JSON would leave them out anyway; the contract's types want it done here. */
function withoutAbsent<T extends Record<string, string | undefined>>(fields: T): { [Name in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [Name in keyof T]?: string };
}
