import type { State } from "../../state/state.ts";
import type { Webhooks } from "../create-webhooks.ts";
import type { PlatformEvent } from "../platform-event.ts";
import { businessChanges, locationChanges, userChanges } from "./account-changes.ts";
import { appointmentChanges, noteChanges, taskChanges } from "./activity-changes.ts";
import { contactChanges } from "./contact-changes.ts";
import { conversationChanges, messageChanges } from "./conversation-changes.ts";
import { opportunityChanges } from "./opportunity-changes.ts";

/**
 * Publishes every change from now on, whatever causes it. Cascading deletes of a contact's records emit no webhooks:
 * nothing says that it is.
 */
export function watchState(state: State, webhooks: Pick<Webhooks, "publish" | "isHeard">): void {
  // Without listeners a write must not cost the comparison.
  const publish = (changes: () => readonly PlatformEvent[]): void => {
    if (webhooks.isHeard()) webhooks.publish(changes().map((event) => withCompany(event, state)));
  };
  state.contacts.onChange((before, after) => publish(() => contactChanges(before, after)));
  state.notes.onChange((before, after) => {
    const contact = state.contacts.get((after ?? before)?.contactId ?? "");
    if (contact !== undefined) publish(() => noteChanges(before, after, contact.locationId));
  });
  state.tasks.onChange((before, after) => {
    if (state.contacts.get((after ?? before)?.contactId ?? "") !== undefined) publish(() => taskChanges(before, after));
  });
  state.opportunities.onChange((before, after) => publish(() => opportunityChanges(before, after)));
  state.appointments.onChange((before, after) => publish(() => appointmentChanges(before, after)));
  state.messages.onChange((before, after) => publish(() => messageChanges(before, after, state.contacts.get(after?.contactId ?? ""))));
  state.conversations.onChange((before, after) => publish(() => conversationChanges(before, after)));
  state.locations.onChange((before, after) => publish(() => locationChanges(before, after)));
  state.users.onChange((before, after) => publish(() => userChanges(before, after)));
  state.businesses.onChange((before, after) => publish(() => businessChanges(before, after)));
}

function withCompany(event: PlatformEvent, state: State): PlatformEvent {
  if (event.companyId !== undefined) return event;
  const companyId = state.locations.get(event.locationId ?? "")?.companyId;
  return companyId === undefined ? event : { ...event, companyId, audience: event.audience ?? [event.locationId ?? companyId] };
}
