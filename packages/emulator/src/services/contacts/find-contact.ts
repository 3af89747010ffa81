import { badRequest } from "../../http/refusal.ts";
import type { Contact } from "../../state/contact.ts";
import type { World } from "../../world.ts";
import { param, type Call } from "../../call/call.ts";

/** @throws Refusal 400, not 404: so the platform answers for contacts that are not there. */
export function requireContact(world: World, id: string): Contact {
  const contact = world.state.contacts.get(id);
  if (contact === undefined) throw badRequest(`Contact with id ${id} not found`, {}, "reported");
  return contact;
}

/** The contact that the path names. */
export function contactOf(call: Call): Contact {
  return requireContact(call.world, param(call, "contactId"));
}
