import { reply } from "../../http/answer.ts";
import { locationOf, param, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { normaliseTags } from "./contact-input.ts";
import { update } from "./contacts.ts";
import { contactOf } from "./find-contact.ts";

/** Tags of contacts, one by one and in bulk. */
export const contactTagHandlers: Handlers = {
  "contacts.addTags": (call) => {
    const contact = contactOf(call);
    const added = tagsOf(call).filter((tag) => !contact.tags.includes(tag));
    const { tags } = update(call, contact, { tags: [...contact.tags, ...added] });
    return reply(201, { tags, tagsAdded: added });
  },

  "contacts.removeTags": (call) => {
    const contact = contactOf(call);
    const wanted = tagsOf(call);
    const removed = contact.tags.filter((tag) => wanted.includes(tag));
    const { tags } = update(call, contact, { tags: contact.tags.filter((tag) => !wanted.includes(tag)) });
    return reply(200, { tags, tagsRemoved: removed });
  },

  "contacts.bulkUpdateTags": (call) => {
    const type = param(call, "type") === "remove" ? "remove" : "add";
    const responses = (call.body["contacts"] as readonly string[]).map((id) => changeTags(call, id, type));
    const errorCount = responses.filter((response) => response["type"] === "error").length;
    const flag = call.generation === "v3" ? { succeeded: errorCount === 0 } : {};
    return reply(201, { succeded: errorCount === 0, ...flag, errorCount, responses });
  },
};

function changeTags(call: Call, contactId: string, type: "add" | "remove"): Record<string, unknown> {
  const contact = call.world.state.contacts.get(contactId);
  if (contact === undefined || contact.locationId !== locationOf(call)) {
    return { contactId, message: `Contact with id ${contactId} not found`, type: "error", oldTags: [], tagsAdded: [], tagsRemoved: [] };
  }
  const wanted = tagsOf(call);
  const removesAll = call.body["removeAllTags"] === true;
  const tagsRemoved = removesAll ? contact.tags : type === "remove" ? contact.tags.filter((tag) => wanted.includes(tag)) : [];
  const kept = contact.tags.filter((tag) => !tagsRemoved.includes(tag));
  const tagsAdded = type === "add" ? wanted.filter((tag) => !kept.includes(tag)) : [];
  update(call, contact, { tags: [...kept, ...tagsAdded] });
  return { contactId, message: "Tags updated", type: "success", oldTags: contact.tags, tagsAdded, tagsRemoved };
}

function tagsOf(call: Call): readonly string[] {
  return normaliseTags(call.body["tags"] as readonly string[]);
}
