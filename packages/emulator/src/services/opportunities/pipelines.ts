import { reply } from "../../http/answer.ts";
import { badRequest } from "../../http/refusal.ts";
import type { Pipeline, PipelineStage } from "../../state/opportunity.ts";
import { locationOf, nowIso, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";

/** Pipelines of a location. */
export const pipelineHandlers: Handlers = {
  "opportunities.listPipelines": (call) => reply(200, { pipelines: call.world.state.pipelines.group(locationOf(call)).map(pipelineView) }),

  "opportunities.createPipeline": (call) => {
    const {
      name,
      stages,
      useOpportunityProbability = false,
    } = call.body as { name: string; useOpportunityProbability?: boolean; stages: readonly NewStage[] };
    const { state, ids } = call.world;
    const existing = state.pipelines.group(locationOf(call));
    refuseRepeated("Pipeline", [...existing.map((pipeline) => pipeline.name), name]);
    refuseRepeated(
      "Stage",
      stages.map((stage) => stage.name),
    );
    const pipeline: Pipeline = {
      id: ids.record(),
      name,
      locationId: locationOf(call),
      position: String(existing.length),
      dateAdded: nowIso(call),
      useOpportunityProbability,
      stages: stages.map((stage, position) => newStage(call, stage, position)),
    };
    return reply(201, { pipeline: pipelineView(state.pipelines.put(pipeline)) });
  },
};

interface NewStage {
  readonly name: string;
  readonly position?: number;
  readonly stageWinProbability?: number;
}

function newStage(call: Call, stage: NewStage, position: number): PipelineStage {
  return { position, ...stage, id: call.world.ids.uuid() };
}

/** Names are unique in whichever case. */
function refuseRepeated(kind: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) throw badRequest(`${kind} with name ${name} already exists`, {}, "inferred");
    seen.add(name.toLowerCase());
  }
}

function pipelineView({ useOpportunityProbability = false, ...pipeline }: Pipeline): Record<string, unknown> {
  const stages = pipeline.stages.map((stage, index) => ({
    showInFunnel: true,
    showInPieChart: true,
    stageWinProbability: Math.round(((index + 1) / (pipeline.stages.length + 1)) * 100) / 100,
    ...stage,
  }));
  return { ...pipeline, stages, useOpportunityProbability, dateUpdated: pipeline.dateAdded, showInFunnel: true, showInPieChart: true };
}
