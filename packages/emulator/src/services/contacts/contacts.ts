import { reply } from "../../http/answer.ts";
import { badRequest, Refusal } from "../../http/refusal.ts";
import type { Contact } from "../../state/contact.ts";
import { locationOf, nowIso, queryText, type Call } from "../../call/call.ts";
import { done } from "../done.ts";
import type { Handlers } from "../../call/handler.ts";
import { readContactInput, type ContactChanges } from "./contact-input.ts";
import { contactView, createdContactView } from "./contact-view.ts";
import { deleteContact } from "./delete-contact.ts";
import { allowsDuplicates, findMatch, refuseDuplicate } from "./duplicates.ts";
import { ensureTags } from "./ensure-tags.ts";
import { contactOf, requireContact } from "./find-contact.ts";
import { mergeContacts } from "./merge-contacts.ts";
import { makerOf, newContact, withoutEmptied } from "./new-contact.ts";
import { normalisePhone } from "./phone.ts";

/** Create, read, update, delete, upsert, and the look-up of duplicates. */
export const contactHandlers: Handlers = {
  "contacts.get": (call) => reply(200, { contact: contactView(contactOf(call), call.generation) }),

  "contacts.create": (call) => {
    const changes = readContactInput(call, locationOf(call));
    refuseUnidentified(call, changes);
    refuseDuplicate(call.world, locationOf(call), changes);
    return reply(201, { contact: createdContactView(create(call, changes), call.generation) });
  },

  "contacts.update": (call) => {
    const before = contactOf(call);
    const changes = readContactInput(call, before.locationId, before);
    if (call.world.options.takenIdentifier === "merge") absorbOwner(call, before, changes);
    else refuseDuplicate(call.world, before.locationId, changes, before.id);
    const current = requireContact(call.world, before.id);
    const contact = update(call, current, withoutFurther(current, changes));
    return reply(200, { ...done, contact: contactView(contact, call.generation) });
  },

  "contacts.delete": (call) => {
    deleteContact(call.world, contactOf(call));
    return reply(200, done);
  },

  "contacts.upsert": (call) => {
    const locationId = locationOf(call);
    const changes = readContactInput(call, locationId);
    const wantsNew = call.body["createNewIfDuplicateAllowed"] === true && allowsDuplicates(call.world, locationId);
    const match = wantsNew ? undefined : findMatch(call.world, locationId, changes);
    if (match === undefined) {
      refuseUnidentified(call, changes);
      return reply(200, { ...done, new: true, contact: contactView(create(call, changes), call.generation) });
    }
    // An upsert answers 200 and keeps the gender that is there (docs#313).
    const { gender: _, ...merged } = readContactInput(call, locationId, match.contact);
    // The other identifier may belong to someone else: it is ignored then.
    const free = withoutTaken(call, merged, match.contact);
    const primary = withoutFurther(match.contact, free);
    return reply(200, { ...done, new: false, contact: contactView(update(call, match.contact, primary), call.generation) });
  },

  "contacts.findDuplicate": (call) => {
    const locationId = locationOf(call);
    const number = queryText(call, "number");
    if (number === undefined && queryText(call, "email") === undefined)
      throw badRequest("Pass at least one of number, email query parameter", {}, "reported");
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
  return newContact(call.world, locationOf(call), changes, makerOf(call.credential));
}

/** Stores changes of a contact; what is undefined in them goes. */
export function update(call: Call, contact: Contact, changes: ContactChanges): Contact {
  ensureTags(call.world, contact.locationId, changes.tags ?? []);
  const lastUpdatedBy = makerOf(call.credential);
  return call.world.state.contacts.put(withoutEmptied({ ...contact, ...changes, lastUpdatedBy, dateUpdated: nowIso(call) }));
}

/** A contact needs an e-mail or a phone. The refusal was reported with two statuses: 400 on the wire, 422 in the body. */
function refuseUnidentified({ world: { options } }: Call, { email, phone, ...rest }: ContactChanges): void {
  const hasName = rest.firstName !== undefined || rest.lastName !== undefined;
  if (email !== undefined || phone !== undefined || (hasName && options.nameOnlyContact === "accept")) return;
  throw new Refusal(
    reply(400, { statusCode: 422, message: ["Either email or phone is required"], error: "Unprocessable Entity" }, "reported"),
  );
}

/** Under the switch: who has the e-mail or phone already becomes part of the contact that gets it. */
function absorbOwner(call: Call, contact: Contact, changes: ContactChanges): void {
  const owner = findMatch(call.world, contact.locationId, changes, contact.id);
  if (owner !== undefined && !allowsDuplicates(call.world, contact.locationId)) mergeContacts(call.world, contact.id, owner.contact.id);
}

/** A further e-mail or phone that becomes the primary one: the old primary is lost (docs#337). */
function withoutFurther({ additionalEmails, additionalPhones }: Contact, changes: ContactChanges): ContactChanges {
  const { email, phone } = changes;
  return {
    ...changes,
    additionalEmails: additionalEmails.filter((one) => one !== email),
    additionalPhones: additionalPhones.filter((one) => one !== phone),
  };
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
