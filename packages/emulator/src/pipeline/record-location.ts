import type { Operation } from "../contract/contract-source.ts";
import { findRecord } from "../resources/record-store.ts";
import { resourceOperations } from "../resources/resource-table.ts";
import type { State } from "../state/state.ts";

type Lookup = (state: State, id: string) => string | undefined;

const contact: Lookup = (state, id) => state.contacts.get(id)?.locationId;
const message: Lookup = (state, id) => state.messages.get(id)?.locationId;
const email: Lookup = (state, id) => state.emails.get(id)?.locationId;
const event: Lookup = (state, id) => state.appointments.get(id)?.locationId;

/** Service → path parameter → where to look. The parameters that name the record itself come first. */
const lookups: Readonly<Record<string, Readonly<Record<string, Lookup>>>> = {
  contacts: { contactId: contact },
  opportunities: { id: (state, id) => state.opportunities.get(id)?.locationId },
  conversations: {
    conversationId: (state, id) => state.conversations.get(id)?.locationId,
    messageId: message,
    emailMessageId: email,
    // Messages and e-mails share the parameter name.
    id: (state, id) => message(state, id) ?? email(state, id),
  },
  calendars: { calendarId: (state, id) => state.calendars.get(id)?.locationId, eventId: event, appointmentId: event },
  businesses: { businessId: (state, id) => state.businesses.get(id)?.locationId },
};

/** The location of the record that a path names; `undefined` for unknown records, which are the handler's to refuse. */
export function locationOfRecord(operation: Operation, params: Readonly<Record<string, string>>, state: State): string | undefined {
  const { resource, idAt } = resourceOperations.get(operation.id) ?? {};
  if (resource !== undefined && idAt?.place === "path") return findRecord(state, resource, params[idAt.name] ?? "")?.locationId;
  const service = lookups[operation.id.slice(0, operation.id.indexOf("."))];
  if (service === undefined) return undefined;
  for (const [name, lookup] of Object.entries(service)) {
    const id = params[name];
    if (id !== undefined) return lookup(state, id);
  }
  return undefined;
}
