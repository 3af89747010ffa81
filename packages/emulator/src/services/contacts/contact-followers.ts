import { reply } from "../../http/answer.ts";
import type { Handlers } from "../../call/handler.ts";
import { update } from "./contacts.ts";
import { contactOf } from "./find-contact.ts";

/** Users who follow a contact. */
export const followerHandlers: Handlers = {
  "contacts.addFollowers": (call) => {
    const contact = contactOf(call);
    const followersAdded = (call.body["followers"] as readonly string[]).filter((id) => !contact.followers.includes(id));
    const { followers } = update(call, contact, { followers: [...contact.followers, ...followersAdded] });
    return reply(201, { followers, followersAdded });
  },

  "contacts.removeFollowers": (call) => {
    const contact = contactOf(call);
    const wanted = call.body["followers"] as readonly string[];
    const followersRemoved = contact.followers.filter((id) => wanted.includes(id));
    const { followers } = update(call, contact, { followers: contact.followers.filter((id) => !wanted.includes(id)) });
    return reply(200, { followers, followersRemoved });
  },
};
