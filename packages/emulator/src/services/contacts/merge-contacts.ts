import type { Contact } from "../../state/contact.ts";
import type { World } from "../../world.ts";
import { deleteContact } from "./delete-contact.ts";
import { requireContact } from "./find-contact.ts";

/**
 * Makes one contact of two. Where both have a value the master keeps its own; the other's e-mail and phone become further ones. What hangs on the
 * other contact moves to the master, and its id is unknown from then on.
 */
export function mergeContacts(world: World, masterId: string, otherId: string): Contact {
  const master = requireContact(world, masterId);
  const other = requireContact(world, otherId);
  moveRecords(world, master, other);
  deleteContact(world, other);
  return world.state.contacts.put({
    ...other,
    ...master,
    tags: union(master.tags, other.tags),
    followers: union(master.followers, other.followers),
    campaigns: union(master.campaigns, other.campaigns),
    activeWorkflows: union(master.activeWorkflows, other.activeWorkflows),
    finishedWorkflows: union(master.finishedWorkflows, other.finishedWorkflows),
    customFields: [...master.customFields, ...other.customFields.filter(({ id }) => !master.customFields.some((own) => own.id === id))],
    additionalEmails: further(master.email, [...master.additionalEmails, other.email, ...other.additionalEmails], other.email),
    additionalPhones: further(master.phone, [...master.additionalPhones, other.phone, ...other.additionalPhones], other.phone),
    dateUpdated: new Date(world.clock.now()).toISOString(),
  });
}

function union(own: readonly string[], others: readonly string[]): readonly string[] {
  return [...new Set([...own, ...others])];
}

/** @param adopted What becomes the primary one where the master has none. */
function further(primary: string | undefined, all: readonly (string | undefined)[], adopted: string | undefined): readonly string[] {
  const taken = primary ?? adopted;
  return [...new Set(all.filter((one) => one !== undefined && one !== taken) as string[])];
}

/** Notes, tasks, opportunities, appointments and messages. */
function moveRecords({ state }: World, { id: contactId }: Contact, { id: otherId, locationId }: Contact): void {
  for (const note of state.notes.group(otherId)) state.notes.put({ ...note, contactId });
  for (const task of state.tasks.group(otherId)) state.tasks.put({ ...task, contactId });
  for (const one of state.opportunities.group(locationId)) if (one.contactId === otherId) state.opportunities.put({ ...one, contactId });
  for (const one of state.appointments.group(locationId)) if (one.contactId === otherId) state.appointments.put({ ...one, contactId });
  const from = state.conversations.ofContact(otherId);
  const to = state.conversations.ofContact(contactId);
  if (from === undefined || to === undefined) return;
  for (const message of state.messages.group(from.id)) state.messages.put({ ...message, contactId, conversationId: to.id });
  const isLater = to.lastMessageId === undefined || from.lastMessageAtMs > to.lastMessageAtMs;
  const latest = from.lastMessageId !== undefined && isLater ? from : to;
  const unreadCount = from.unreadCount + to.unreadCount;
  state.conversations.put({ ...latest, id: to.id, contactId, unreadCount, dateAdded: to.dateAdded });
}
