import type { State } from "../../state/state.ts";
import type { Webhooks } from "../create-webhooks.ts";
import type { PlatformEvent } from "../platform-event.ts";
import { businessChanges, locationChanges, userChanges } from "./account-changes.ts";
import { appointmentChanges, noteChanges, taskChanges } from "./activity-changes.ts";
import { contactChanges } from "./contact-changes.ts";
import { conversationChanges, messageChanges } from "./conversation-changes.ts";
import { opportunityChanges } from "./opportunity-changes.ts";

/**
 * Tells of everything that changes from now on, whoever changes it. What goes because its contact went is not told:
 * nothing says that it is.
 */
export function watchState(state: State, webhooks: Pick<Webhooks, "publish" | "isHeard">): void {
  // Without listeners a write must not cost the comparison.
  const tell = (changes: () => readonly PlatformEvent[]): void => {
    if (webhooks.isHeard()) webhooks.publish(changes().map((event) => withCompany(event, state)));
  };
  state.contacts.onChange((before, after) => tell(() => contactChanges(before, after)));
  state.notes.onChange((before, after) => {
    const contact = state.contacts.get((after ?? before)?.contactId ?? "");
    if (contact !== undefined) tell(() => noteChanges(before, after, contact.locationId));
  });
  state.tasks.onChange((before, after) => {
    if (state.contacts.get((after ?? before)?.contactId ?? "") !== undefined) tell(() => taskChanges(before, after));
  });
  state.opportunities.onChange((before, after) => tell(() => opportunityChanges(before, after)));
  state.appointments.onChange((before, after) => tell(() => appointmentChanges(before, after)));
  state.messages.onChange((before, after) => tell(() => messageChanges(before, after, state.contacts.get(after?.contactId ?? ""))));
  state.conversations.onChange((before, after) => tell(() => conversationChanges(before, after)));
  state.locations.onChange((before, after) => tell(() => locationChanges(before, after)));
  state.users.onChange((before, after) => tell(() => userChanges(before, after)));
  state.businesses.onChange((before, after) => tell(() => businessChanges(before, after)));
}

function withCompany(event: PlatformEvent, state: State): PlatformEvent {
  if (event.companyId !== undefined) return event;
  const companyId = state.locations.get(event.locationId ?? "")?.companyId;
  return companyId === undefined ? event : { ...event, companyId, audience: event.audience ?? [event.locationId ?? companyId] };
}
