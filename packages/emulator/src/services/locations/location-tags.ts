import { reply } from "../../http/answer.ts";
import { badRequest, notFound } from "../../http/refusal.ts";
import type { Tag } from "../../state/location.ts";
import { param, type Call } from "../../call/call.ts";
import { normaliseTags } from "../contacts/contact-input.ts";
import type { Handlers } from "../../call/handler.ts";
import { requireLocation } from "./locations.ts";

/** Tags of a location. Renaming or deleting one reaches the contacts that carry it. */
export const locationTagHandlers: Handlers = {
  "locations.listTags": (call) => reply(200, { tags: call.world.state.tags.group(requireLocation(call).id) }),

  "locations.getTag": (call) => reply(200, { tag: tagOf(call) }),

  "locations.createTag": (call) => {
    const { id: locationId } = requireLocation(call);
    const name = readName(call, locationId);
    return reply(200, { tag: call.world.state.tags.put({ id: call.world.ids.record(), name, locationId }) });
  },

  "locations.updateTag": (call) => {
    const before = tagOf(call);
    const tag = { ...before, name: readName(call, before.locationId, before.id) };
    replaceOnContacts(call, before, tag.name);
    return reply(200, { tag: call.world.state.tags.put(tag) });
  },

  "locations.deleteTag": (call) => {
    const tag = tagOf(call);
    replaceOnContacts(call, tag, undefined);
    call.world.state.tags.delete(tag.id);
    return reply(200, { succeded: true });
  },
};

function tagOf(call: Call): Tag {
  const id = param(call, "tagId");
  const tag = call.world.state.tags.get(id);
  if (tag === undefined || tag.locationId !== param(call, "locationId")) throw notFound(`Tag with id ${id} not found`);
  return tag;
}

function readName(call: Call, locationId: string, exceptId?: string): string {
  const [name = ""] = normaliseTags([String(call.body["name"])]);
  const isTaken = call.world.state.tags.group(locationId).some((tag) => tag.name === name && tag.id !== exceptId);
  if (isTaken) throw badRequest("A tag of this name already exists");
  return name;
}

function replaceOnContacts(call: Call, tag: Tag, name: string | undefined): void {
  const { contacts } = call.world.state;
  for (const contact of contacts.group(tag.locationId).filter((candidate) => candidate.tags.includes(tag.name))) {
    const tags = contact.tags.flatMap((item) => (item === tag.name ? (name ?? []) : item));
    contacts.put({ ...contact, tags: [...new Set(tags)] });
  }
}
