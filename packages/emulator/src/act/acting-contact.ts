import { BoundsError } from "../bounds/check-value.ts";
import { openConversation } from "../services/conversations/record-message.ts";
import type { Contact } from "../state/contact.ts";
import type { Conversation } from "../state/conversation.ts";
import type { World } from "../world.ts";

/** The contact who acts. @throws BoundsError when there is none. */
export function actingContact({ state }: World, contactId: string): Contact {
  const contact = state.contacts.get(contactId);
  if (contact === undefined) throw new BoundsError(`There is no contact ${contactId}.`);
  return contact;
}

/** Its thread, opened when there is none. */
export function threadOf(world: World, { id, locationId }: Contact): Conversation {
  return world.state.conversations.ofContact(id) ?? openConversation(world, locationId, id);
}
