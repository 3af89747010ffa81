import { reply } from "../../http/answer.ts";
import type { Contact } from "../../state/contact.ts";
import { locationOf, nowIso, queryText, type Call } from "../../call/call.ts";
import { done } from "../done.ts";
import type { Handlers } from "../../call/handler.ts";
import { readContactInput, type ContactChanges } from "./contact-input.ts";
import { contactView } from "./contact-view.ts";
import { allowsDuplicates, findMatch, refuseDuplicate } from "./duplicates.ts";
import { ensureTags } from "./ensure-tags.ts";
import { contactOf } from "./find-contact.ts";
import { normalisePhone } from "./phone.ts";

/** Create, read, update, delete, upsert, and the look-up of duplicates. */
export const contactHandlers: Handlers = {
  "contacts.get": (call) => reply(200, { contact: contactView(contactOf(call), call.generation) }),

  "contacts.create": (call) => {
    const changes = readContactInput(call, locationOf(call));
    refuseDuplicate(call.world, locationOf(call), changes);
    return reply(201, { contact: contactView(create(call, changes), call.generation) });
  },

  "contacts.update": (call) => {
    const before = contactOf(call);
    const changes = readContactInput(call, before.locationId, before);
    refuseDuplicate(call.world, before.locationId, changes, before.id);
    const contact = update(call, before, changes);
    return reply(200, { ...done, contact: contactView(contact, call.generation) });
  },

  "contacts.delete": (call) => {
    const contact = contactOf(call);
    deleteContact(call, contact);
    return reply(200, done);
  },

  "contacts.upsert": (call) => {
    const locationId = locationOf(call);
    const changes = readContactInput(call, locationId);
    const wantsNew = call.body["createNewIfDuplicateAllowed"] === true && allowsDuplicates(call.world, locationId);
    const match = wantsNew ? undefined : findMatch(call.world, locationId, changes);
    if (match === undefined) return reply(200, { ...done, new: true, contact: contactView(create(call, changes), call.generation) });
    // An upsert answers 200 and keeps the gender that is there (docs#313).
    const { gender: _, ...merged } = readContactInput(call, locationId, match.contact);
    // The other identifier may belong to someone else: it is ignored then.
    const free = withoutTaken(call, merged, match.contact);
    return reply(200, { ...done, new: false, contact: contactView(update(call, match.contact, free), call.generation) });
  },

  "contacts.findDuplicate": (call) => {
    const locationId = locationOf(call);
    const number = queryText(call, "number");
    const country = call.world.state.locations.get(locationId)?.country ?? "US";
    const match = findMatch(call.world, locationId, {
      email: queryText(call, "email")?.toLowerCase(),
      phone: number === undefined ? undefined : normalisePhone(number, country),
    });
    if (match === undefined) return reply(200, { contact: null });
    return reply(200, { contact: contactView(match.contact, call.generation), matchingField: match.matchingField });
  },
};

function create(call: Call, changes: ContactChanges): Contact {
  ensureTags(call.world, locationOf(call), changes.tags ?? []);
  const now = nowIso(call);
  return call.world.state.contacts.put({
    id: call.world.ids.record(),
    locationId: locationOf(call),
    type: "lead",
    dnd: false,
    tags: [],
    followers: [],
    customFields: [],
    campaigns: [],
    activeWorkflows: [],
    finishedWorkflows: [],
    ...changes,
    dateAdded: now,
    dateUpdated: now,
  });
}

/** Stores changes of a contact. */
export function update(call: Call, contact: Contact, changes: ContactChanges): Contact {
  ensureTags(call.world, contact.locationId, changes.tags ?? []);
  return call.world.state.contacts.put({ ...contact, ...changes, dateUpdated: nowIso(call) });
}

function withoutTaken(call: Call, changes: ContactChanges, contact: Contact): ContactChanges {
  if (allowsDuplicates(call.world, contact.locationId)) return changes;
  const free: { -readonly [key in keyof ContactChanges]: ContactChanges[key] } = { ...changes };
  for (const field of ["email", "phone"] as const) {
    const value = changes[field];
    const owner = value ? call.world.state.contacts.findBy(contact.locationId, field, value) : undefined;
    if (owner !== undefined && owner.id !== contact.id) delete free[field];
  }
  return free;
}

/** Deletes a contact with its dependent records; its opportunities stay, without it. The contact is deleted first, so webhooks report it alone. */
function deleteContact(call: Call, { id }: Contact): void {
  const { state } = call.world;
  state.contacts.delete(id);
  for (const note of state.notes.group(id)) state.notes.delete(note.id);
  for (const task of state.tasks.group(id)) state.tasks.delete(task.id);
  const conversation = state.conversations.ofContact(id);
  if (conversation !== undefined) {
    for (const message of state.messages.group(conversation.id)) state.messages.delete(message.id);
    state.conversations.delete(conversation.id);
  }
}
