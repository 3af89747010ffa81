import type { Contact, DndSettings } from "../state/contact.ts";
import type { World } from "../world.ts";

/** Why a channel is closed. */
type Closing = DndSettings[string];

/** The contact gets no more messages of the channel. */
export function closeChannel({ state, clock }: World, contact: Contact, channel: string, closing: Closing): void {
  put(state, clock.now(), contact, { ...contact.dndSettings, [channel]: closing });
}

/** It gets them again. */
export function openChannel({ state, clock }: World, contact: Contact, channel: string): void {
  if (contact.dndSettings?.[channel] === undefined) return;
  put(state, clock.now(), contact, { ...contact.dndSettings, [channel]: { status: "inactive" } });
}

function put(state: World["state"], now: number, { id }: Contact, dndSettings: DndSettings): void {
  const contact = state.contacts.get(id);
  if (contact !== undefined) state.contacts.put({ ...contact, dndSettings, dateUpdated: new Date(now).toISOString() });
}
