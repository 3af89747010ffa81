import { BoundsError } from "../bounds/check-value.ts";
import type { Opportunity, Pipeline } from "../state/opportunity.ts";
import type { World } from "../world.ts";

/** Statuses of opportunities. */
export const opportunityStatuses = ["open", "won", "lost", "abandoned"] as const;

/** Where to, and what becomes of it; what is left out stays. */
export interface OpportunityMove {
  /** Id or name of a pipeline of the location. */
  readonly pipeline?: string;
  /** Id or name of a stage of the pipeline. */
  readonly stage?: string;
  readonly status?: (typeof opportunityStatuses)[number];
}

/** Someone drags a card. */
export function moveOpportunity({ state, clock }: World, opportunityId: string, { pipeline, stage, status }: OpportunityMove): void {
  const before = state.opportunities.get(opportunityId);
  if (before === undefined) throw new BoundsError(`There is no opportunity ${opportunityId}.`);
  const target = pipelineOf(state, before, pipeline);
  const pipelineStageId = stage === undefined ? stageWithout(before, target) : stageOf(target, stage);
  const now = new Date(clock.now()).toISOString();
  const after: Opportunity = { ...before, pipelineId: target.id, pipelineStageId, status: status ?? before.status, updatedAt: now };
  state.opportunities.put({
    ...after,
    ...(after.status !== before.status && { lastStatusChangeAt: now }),
    ...(after.pipelineStageId !== before.pipelineStageId && { lastStageChangeAt: now }),
  });
}

function pipelineOf({ pipelines }: World["state"], { locationId, pipelineId }: Opportunity, wanted = pipelineId): Pipeline {
  const found = pipelines.group(locationId).find(({ id, name }) => id === wanted || name === wanted);
  if (found === undefined) throw new BoundsError(`The location has no pipeline ${wanted}.`);
  return found;
}

function stageOf({ name: pipeline, stages }: Pipeline, wanted: string): string {
  const found = stages.find(({ id, name }) => id === wanted || name === wanted);
  if (found === undefined)
    throw new BoundsError(`The pipeline ${pipeline} has no stage ${wanted}: it has ${stages.map(({ name }) => name).join(", ")}.`);
  return found.id;
}

/** A card that stays in its pipeline keeps its stage; in another one it begins at the first. */
function stageWithout(before: Opportunity, { id, name, stages }: Pipeline): string {
  if (id === before.pipelineId) return before.pipelineStageId;
  const [first] = stages;
  if (first === undefined) throw new BoundsError(`The pipeline ${name} has no stages.`);
  return first.id;
}
