import { BoundsError } from "../bounds/check-value.ts";
import { findRecord } from "../resources/record-store.ts";
import { isForward } from "../services/conversations/message-status.ts";
import type { Contact } from "../state/contact.ts";
import type { World } from "../world.ts";
import { actingContact } from "./acting-contact.ts";

/** Where a link leads. */
export interface ClickedLink {
  readonly redirectTo: string;
}

/** The contact clicks a trigger link. The last e-mail that it got counts as clicked; no webhook reports a click. */
export function clickLink(world: World, contactId: string, linkId: string): ClickedLink {
  const contact = actingContact(world, contactId);
  const link = findRecord(world.state, "/links", linkId);
  if (link === undefined || link.locationId !== contact.locationId) throw new BoundsError(`The location has no link ${linkId}.`);
  const now = new Date(world.clock.now()).toISOString();
  world.state.contacts.put({ ...contact, lastEmailClickedDate: now });
  markClicked(world, contact, now);
  return { redirectTo: String(link.fields["redirectTo"] ?? "") };
}

function markClicked({ state }: World, { id }: Contact, dateUpdated: string): void {
  const conversation = state.conversations.ofContact(id);
  const mails = conversation === undefined ? [] : state.messages.group(conversation.id).filter(({ email }) => email !== undefined);
  const last = mails.findLast(({ direction }) => direction === "outbound");
  if (last !== undefined && isForward(last.status, "clicked")) state.messages.put({ ...last, status: "clicked", dateUpdated });
}
