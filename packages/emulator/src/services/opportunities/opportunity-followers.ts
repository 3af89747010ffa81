import { reply } from "../../http/answer.ts";
import { queryFlag } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { change, opportunityOf } from "./opportunities.ts";

/** Users who follow an opportunity. */
export const opportunityFollowerHandlers: Handlers = {
  "opportunities.addFollowers": (call) => {
    const opportunity = opportunityOf(call);
    const followersAdded = (call.body["followers"] as readonly string[]).filter((id) => !opportunity.followers.includes(id));
    const { followers } = change(call, opportunity, { followers: [...opportunity.followers, ...followersAdded] });
    return reply(201, { followers, followersAdded });
  },

  "opportunities.removeFollowers": (call) => {
    const opportunity = opportunityOf(call);
    const removesAll = queryFlag(call, "isRemoveAllFollowers") === true;
    const wanted = (call.body["followers"] ?? []) as readonly string[];
    const followersRemoved = removesAll ? opportunity.followers : opportunity.followers.filter((id) => wanted.includes(id));
    const { followers } = change(call, opportunity, { followers: opportunity.followers.filter((id) => !followersRemoved.includes(id)) });
    return reply(200, { followers, followersRemoved });
  },
};
