import type { Contact } from "../../state/contact.ts";
import type { World } from "../../world.ts";

/** Deletes a contact with its dependent records; its opportunities stay, without it. The contact is deleted first, so webhooks report it alone. */
export function deleteContact({ state }: World, { id }: Contact): void {
  state.contacts.delete(id);
  for (const note of state.notes.group(id)) state.notes.delete(note.id);
  for (const task of state.tasks.group(id)) state.tasks.delete(task.id);
  const conversation = state.conversations.ofContact(id);
  if (conversation === undefined) return;
  for (const message of state.messages.group(conversation.id)) state.messages.delete(message.id);
  state.conversations.delete(conversation.id);
}
