import { isDeepStrictEqual } from "node:util";
import type { Opportunity } from "../../state/opportunity.ts";
import { platformEvent, type EventFields, type PlatformEvent } from "../../webhooks/platform-event.ts";

/**
 * Events of an opportunity's change. Stage, status, assignee and value have events of their own; the fault
 * `redundant-pair` adds the update that the platform sends beside them.
 */
export function opportunityChanges(before: Opportunity | undefined, after: Opportunity | undefined): readonly PlatformEvent[] {
  const opportunity = after ?? before;
  if (opportunity === undefined) return [];
  const about = { locationId: opportunity.locationId };
  const fields = opportunityFields(opportunity);
  if (before === undefined) return [platformEvent("OpportunityCreate", about, fields)];
  if (after === undefined) return [platformEvent("OpportunityDelete", about, fields)];
  const rest = (record: Opportunity): unknown => ({ ...record, ...ownEvents });
  const events = isDeepStrictEqual(rest(before), rest(after)) ? [] : [platformEvent("OpportunityUpdate", about, fields)];
  const hasMoved = before.pipelineId !== after.pipelineId || before.pipelineStageId !== after.pipelineStageId;
  if (hasMoved) events.push(platformEvent("OpportunityStageUpdate", about, fields));
  if (before.status !== after.status) events.push(platformEvent("OpportunityStatusUpdate", about, fields));
  if (before.assignedTo !== after.assignedTo) events.push(platformEvent("OpportunityAssignedToUpdate", about, fields));
  if (before.monetaryValue !== after.monetaryValue) events.push(platformEvent("OpportunityMonetaryValueUpdate", about, fields));
  return events;
}

/** What does not make an `OpportunityUpdate`. */
const ownEvents: Partial<Record<keyof Opportunity, null>> = {
  pipelineId: null,
  pipelineStageId: null,
  status: null,
  assignedTo: null,
  monetaryValue: null,
  followers: null,
  updatedAt: null,
  lastStatusChangeAt: null,
  lastStageChangeAt: null,
};

function opportunityFields(opportunity: Opportunity): EventFields<"OpportunityCreate"> {
  const { id, name, pipelineId, pipelineStageId, status, monetaryValue, contactId, assignedTo, source, createdAt } = opportunity;
  return {
    id,
    name,
    pipelineId,
    pipelineStageId,
    status,
    monetaryValue,
    ...(contactId !== undefined && { contactId }),
    ...(assignedTo !== undefined && { assignedTo }),
    ...(source !== undefined && { source }),
    dateAdded: createdAt,
  };
}
