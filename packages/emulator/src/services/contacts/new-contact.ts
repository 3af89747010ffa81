import type { Credential } from "../../auth/credential.ts";
import type { Contact, Maker } from "../../state/contact.ts";
import type { World } from "../../world.ts";
import { openConversation } from "../conversations/record-message.ts";
import type { ContactChanges } from "./contact-input.ts";
import { ensureTags } from "./ensure-tags.ts";

/** Writes a contact down, with the conversation that the platform opens with it. */
export function newContact(world: World, locationId: string, changes: ContactChanges, maker: Maker): Contact {
  const { state, ids, clock } = world;
  ensureTags(world, locationId, changes.tags ?? []);
  const now = new Date(clock.now()).toISOString();
  const contact = state.contacts.put({
    id: ids.record(),
    locationId,
    type: "lead",
    dnd: false,
    tags: [],
    followers: [],
    customFields: [],
    campaigns: [],
    activeWorkflows: [],
    finishedWorkflows: [],
    additionalEmails: [],
    additionalPhones: [],
    country: state.locations.get(locationId)?.country ?? "US",
    ...withoutEmptied(changes),
    dateAdded: now,
    dateUpdated: now,
    createdBy: maker,
    lastUpdatedBy: maker,
  });
  openConversation(world, locationId, contact.id);
  return contact;
}

/** Whom records name that a token made. */
export function makerOf(credential: Credential | undefined): Maker {
  return { source: "INTEGRATION", channel: "OAUTH", sourceId: credential?.app ?? "" };
}

/** Without the fields that a change empties. */
export function withoutEmptied<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
