import { reply } from "../../http/answer.ts";
import { locationOf, queryText } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";

/** Workflows and campaigns: they can only be listed. */
export const workflowHandlers: Handlers = {
  "workflows.list": (call) => reply(200, { workflows: call.world.state.workflows.group(locationOf(call)) }),

  "campaigns.list": (call) => {
    const status = queryText(call, "status");
    const campaigns = call.world.state.campaigns
      .group(locationOf(call))
      .filter((campaign) => status === undefined || campaign.status === status);
    return reply(200, { campaigns });
  },
};
