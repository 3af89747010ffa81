import { BoundsError } from "../bounds/check-value.ts";
import { mergeContacts as merge } from "../services/contacts/merge-contacts.ts";
import type { World } from "../world.ts";
import { actingContact } from "./acting-contact.ts";

/** Someone makes one contact of two. */
export function mergeContacts(world: World, masterId: string, otherId: string): void {
  const master = actingContact(world, masterId);
  const other = actingContact(world, otherId);
  if (master.id === other.id) throw new BoundsError("Two contacts are merged, not one with itself.");
  if (master.locationId !== other.locationId) throw new BoundsError("Contacts of two locations cannot be merged.");
  merge(world, master.id, other.id);
}
