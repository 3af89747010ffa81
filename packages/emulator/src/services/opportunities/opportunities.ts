import { reply } from "../../http/answer.ts";
import { badRequest } from "../../http/refusal.ts";
import type { Opportunity } from "../../state/opportunity.ts";
import { locationOf, nowIso, param, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { makerOf } from "../contacts/new-contact.ts";
import { readOpportunityInput } from "./opportunity-input.ts";
import { opportunityView } from "./opportunity-view.ts";

/** Create, read, update, delete, status, upsert. */
export const opportunityHandlers: Handlers = {
  "opportunities.get": (call) => reply(200, { opportunity: view(call, opportunityOf(call)) }),

  "opportunities.create": (call) => reply(201, { opportunity: view(call, create(call)) }),

  "opportunities.update": (call) => {
    const before = opportunityOf(call);
    return reply(200, { opportunity: view(call, change(call, before, readOpportunityInput(call, before.locationId, before))) });
  },

  "opportunities.updateStatus": (call) => {
    const before = opportunityOf(call);
    change(call, before, readOpportunityInput(call, before.locationId, before));
    return reply(200, confirmed(call));
  },

  "opportunities.delete": (call) => {
    call.world.state.opportunities.delete(opportunityOf(call).id);
    return reply(200, { success: true });
  },

  "opportunities.upsert": (call) => {
    const before = findForUpsert(call);
    if (before === undefined) return reply(200, { opportunity: view(call, withFollowers(call, create(call))), new: true });
    const changed = change(call, before, readOpportunityInput(call, before.locationId, before));
    return reply(200, { opportunity: view(call, withFollowers(call, changed)), new: false });
  },
};

/** The opportunity that the path names. */
export function opportunityOf(call: Call): Opportunity {
  const id = param(call, "id");
  const opportunity = call.world.state.opportunities.get(id);
  if (opportunity === undefined) throw badRequest(`Opportunity with id ${id} not found`);
  return opportunity;
}

function view(call: Call, opportunity: Opportunity): Record<string, unknown> {
  return opportunityView(opportunity, call.world.state, call.generation);
}

function confirmed(call: Call): Record<string, unknown> {
  return call.generation === "v3" ? { succeded: true, success: true } : { succeded: true };
}

function create(call: Call): Opportunity {
  const { state, ids } = call.world;
  const locationId = locationOf(call);
  const changes = readOpportunityInput(call, locationId);
  refuseDuplicate(call, locationId, changes);
  const now = nowIso(call);
  return state.opportunities.put({
    id: ids.record(),
    locationId,
    name: "",
    pipelineId: "",
    pipelineStageId: "",
    status: "open",
    monetaryValue: 0,
    followers: [],
    customFields: [],
    ...changes,
    createdBy: makerOf(call.credential),
    createdAt: now,
    updatedAt: now,
    lastStatusChangeAt: now,
    lastStageChangeAt: now,
  });
}

/** One per contact and pipeline (seven integrators); whether closed ones count, they disagree. */
function refuseDuplicate(call: Call, locationId: string, { contactId, pipelineId }: Partial<Opportunity>): void {
  const { state, options } = call.world;
  if (contactId === undefined || (state.locations.get(locationId)?.settings.allowDuplicateOpportunity ?? true)) return;
  const counts = ({ status }: Opportunity): boolean => options.duplicateOpportunityStatus === "any" || status === "open";
  const existing = state.opportunities
    .group(locationId)
    .find((other) => other.contactId === contactId && other.pipelineId === pipelineId && counts(other));
  if (existing === undefined) return;
  const details = { code: "OPPORTUNITY_NO_DUPLICATE", meta: { existingId: existing.id } };
  throw badRequest("Can not create duplicate opportunity for the contact.", details, "reported");
}

/** Stores changes, and when status or stage moved. */
export function change(call: Call, before: Opportunity, changes: Partial<Opportunity>): Opportunity {
  const now = nowIso(call);
  const after = { ...before, ...changes, updatedAt: now };
  return call.world.state.opportunities.put({
    ...after,
    ...(after.status !== before.status && { lastStatusChangeAt: now }),
    ...(after.pipelineStageId !== before.pipelineStageId && { lastStageChangeAt: now }),
  });
}

/** By id; without one by contact within the pipeline, as long as it is open. */
function findForUpsert(call: Call): Opportunity | undefined {
  const { id, contactId, pipelineId } = call.body as { id?: string; contactId?: string; pipelineId?: string };
  const inLocation = call.world.state.opportunities.group(locationOf(call));
  if (id) return inLocation.find((candidate) => candidate.id === id);
  if (!contactId) return undefined;
  return inLocation.find(
    (candidate) => candidate.contactId === contactId && candidate.pipelineId === pipelineId && candidate.status === "open",
  );
}

function withFollowers(call: Call, opportunity: Opportunity): Opportunity {
  const { followers, isRemoveAllFollowers, followersActionType } = call.body as {
    followers?: readonly string[];
    isRemoveAllFollowers?: boolean;
    followersActionType?: "add" | "remove";
  };
  const before = isRemoveAllFollowers === true ? [] : opportunity.followers;
  const after =
    followersActionType === "remove"
      ? before.filter((id) => !(followers ?? []).includes(id))
      : [...new Set([...before, ...(followers ?? [])])];
  return call.world.state.opportunities.put({ ...opportunity, followers: after });
}
