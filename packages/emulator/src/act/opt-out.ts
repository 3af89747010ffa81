import type { World } from "../world.ts";
import { actingContact } from "./acting-contact.ts";
import { closeChannel } from "./channels.ts";

/** Channels that a contact can close. */
export const channels = ["sms", "email", "whatsApp", "call"] as const;

/** What a contact wants no more of. */
export interface OptOut {
  /** Default: everything. */
  readonly channel?: (typeof channels)[number];
}

/** The contact wants no more messages, by the link of an e-mail or by word to the staff. */
export function optOut(world: World, contactId: string, { channel }: OptOut): void {
  const contact = actingContact(world, contactId);
  if (channel !== undefined) return closeChannel(world, contact, channel, { status: "active", message: "Updated by contact" });
  const { state, clock } = world;
  state.contacts.put({ ...contact, dnd: true, dateUpdated: new Date(clock.now()).toISOString() });
}
