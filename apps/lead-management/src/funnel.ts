import type { LocationClient } from "ghlkit";
import { UsageError } from "./usage-error.ts";

/** Where new leads enter: the first stage of the first pipeline, and the first published workflow, if there is one. */
export interface Funnel {
  readonly pipelineId: string;
  readonly stageId: string;
  readonly stageName: string;
  readonly workflow: { readonly id: string; readonly name: string } | undefined;
}

/** @throws UsageError when the location has no pipeline. */
export async function findFunnel(client: LocationClient): Promise<Funnel> {
  const [{ pipelines }, { workflows }] = await Promise.all([client.opportunities.listPipelines(), client.workflows.list()]);
  const pipeline = pipelines[0];
  const stage = pipeline?.stages?.[0];
  if (pipeline?.id === undefined || stage?.id === undefined)
    throw new UsageError("The location has no pipeline with a stage: make one in HighLevel first.");
  const published = workflows.find((workflow) => workflow.status === "published" && workflow.id !== undefined);
  return {
    pipelineId: pipeline.id,
    stageId: stage.id,
    stageName: `${pipeline.name ?? pipeline.id} / ${stage.name ?? stage.id}`,
    workflow: published?.id === undefined ? undefined : { id: published.id, name: published.name ?? published.id },
  };
}
