import { reply } from "../../http/answer.ts";
import { badRequest } from "../../http/refusal.ts";
import { param, type Call } from "../../call/call.ts";
import { done } from "../done.ts";
import type { Handler, Handlers } from "../../call/handler.ts";
import { update } from "./contacts.ts";
import { contactOf } from "./find-contact.ts";

/** A contact's campaigns and workflows. */
const removeFromAllCampaigns: Handler = (call) => {
  update(call, contactOf(call), { campaigns: [] });
  return reply(200, done);
};

export const automationHandlers: Handlers = {
  "contacts.addToCampaign": (call) => {
    const contact = contactOf(call);
    const id = param(call, "campaignId");
    if (call.world.state.campaigns.get(id)?.locationId !== contact.locationId) throw badRequest(`Campaign with id ${id} not found`);
    update(call, contact, { campaigns: [...new Set([...contact.campaigns, id])] });
    return reply(201, done);
  },

  "contacts.removeFromCampaign": (call) => {
    const contact = contactOf(call);
    update(call, contact, { campaigns: contact.campaigns.filter((id) => id !== param(call, "campaignId")) });
    return reply(200, done);
  },

  "contacts.removeFromAllCampaigns": removeFromAllCampaigns,
  "contacts.removeFromAllCampaignsV2": removeFromAllCampaigns,

  "contacts.addToWorkflow": (call) => {
    const contact = contactOf(call);
    const id = requireWorkflow(call, contact.locationId);
    if (call.world.state.workflows.get(id)?.status === "draft") {
      if (call.world.options.draftEnrolment === "reject") throw badRequest("The workflow is not published");
      return reply(200, done);
    }
    update(call, contact, { activeWorkflows: [...new Set([...contact.activeWorkflows, id])] });
    return reply(200, done);
  },

  "contacts.removeFromWorkflow": (call) => {
    const contact = contactOf(call);
    const id = requireWorkflow(call, contact.locationId);
    if (contact.activeWorkflows.includes(id)) {
      update(call, contact, {
        activeWorkflows: contact.activeWorkflows.filter((active) => active !== id),
        finishedWorkflows: [...new Set([...contact.finishedWorkflows, id])],
      });
    }
    return reply(200, done);
  },
};

function requireWorkflow(call: Call, locationId: string): string {
  const id = param(call, "workflowId");
  if (call.world.state.workflows.get(id)?.locationId !== locationId) throw badRequest(`Workflow with id ${id} not found`);
  return id;
}
