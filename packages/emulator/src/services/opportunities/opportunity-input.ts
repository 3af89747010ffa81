import { badRequest } from "../../http/refusal.ts";
import type { Opportunity, Pipeline } from "../../state/opportunity.ts";
import type { Call } from "../../call/call.ts";
import { readCustomFields, type CustomFieldInput } from "../custom-field-values.ts";

type Changes = { -readonly [key in keyof Opportunity]?: Opportunity[key] };

/** Reads what a request sets on an opportunity; references that lead nowhere are refused. */
export function readOpportunityInput(call: Call, locationId: string, before?: Opportunity): Changes {
  const { body, world } = call;
  const changes: Changes = {};
  if (typeof body["name"] === "string") changes.name = body["name"];
  if (typeof body["source"] === "string") changes.source = body["source"];
  if (typeof body["assignedTo"] === "string") changes.assignedTo = body["assignedTo"];
  if (typeof body["lostReasonId"] === "string") changes.lostReasonId = body["lostReasonId"];
  if (typeof body["forecastExpectedCloseDate"] === "string") changes.forecastExpectedCloseDate = body["forecastExpectedCloseDate"];
  if (typeof body["forecastProbability"] === "number") changes.forecastProbability = body["forecastProbability"];
  if (typeof body["monetaryValue"] === "number") changes.monetaryValue = body["monetaryValue"];
  if (typeof body["status"] === "string") changes.status = readStatus(body["status"]);
  if (typeof body["contactId"] === "string") {
    const contact = world.state.contacts.get(body["contactId"]);
    if (contact === undefined || contact.locationId !== locationId)
      throw badRequest(`Contact with id ${body["contactId"]} not found`, {}, "reported");
    changes.contactId = contact.id;
  }
  Object.assign(changes, readPosition(call, locationId, before));
  if (Array.isArray(body["customFields"])) {
    const definitions = world.state.customFields.group(locationId).filter((field) => field.model === "opportunity");
    changes.customFields = readCustomFields(
      body["customFields"] as CustomFieldInput[],
      definitions,
      before?.customFields ?? [],
      world.options,
    );
  }
  return changes;
}

/** `all` stands in the documents' enum but only filters. */
function readStatus(status: string): string {
  if (status === "all") throw badRequest("status all can only be searched for");
  return status;
}

/** Pipeline and stage. A new pipeline without a stage means its first one. */
function readPosition(call: Call, locationId: string, before: Opportunity | undefined): Changes {
  const { pipelineId, pipelineStageId } = call.body as { pipelineId?: string; pipelineStageId?: string };
  if (!pipelineId && !pipelineStageId) return {};
  const pipeline = requirePipeline(call, pipelineId ?? before?.pipelineId ?? "", locationId);
  const moves = pipeline.id !== before?.pipelineId;
  const wanted = pipelineStageId ?? (moves ? pipeline.stages[0]?.id : before?.pipelineStageId) ?? "";
  if (!pipeline.stages.some((stage) => stage.id === wanted)) {
    const [first] = pipeline.stages;
    if (call.world.options.foreignStage === "first" && first !== undefined) return { pipelineId: pipeline.id, pipelineStageId: first.id };
    throw badRequest(`Stage with id ${wanted} not found in the pipeline`);
  }
  return { pipelineId: pipeline.id, pipelineStageId: wanted };
}

function requirePipeline(call: Call, id: string, locationId: string): Pipeline {
  const pipeline = call.world.state.pipelines.get(id);
  if (pipeline === undefined || pipeline.locationId !== locationId) throw badRequest("The pipeline id is invalid.", {}, "reported");
  return pipeline;
}
