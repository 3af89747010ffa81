import type { PipelineStage } from "@ghlkit/contract/types/opportunities";
import type { OpportunitiesClient, Opportunity, OpportunityStatus } from "./opportunities-client.ts";
import type { Pipelines, UnknownName } from "./pipelines.ts";

/** Which opportunities a board shows. */
export interface BoardQuery {
  /** @default "open" */
  readonly status?: OpportunityStatus | "all" | undefined;
  /** Id of the user to whom they are assigned. @default anyone */
  readonly assignedTo?: string | undefined;
  /** Ends it: its error is `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

/** The opportunities of one stage. */
export interface BoardLane {
  /** `undefined`: their stage is no longer in the pipeline. */
  readonly stage: { readonly id: string; readonly name: string } | undefined;
  readonly count: number;
  /** Sum, in major units. */
  readonly value: number;
  readonly opportunities: readonly Opportunity[];
}

/** A pipeline with all its opportunities, by stage. */
export type Board =
  | {
      readonly outcome: "read";
      readonly pipeline: { readonly id: string; readonly name: string };
      /** In the order of the pipeline; empty ones are there too. */
      readonly lanes: readonly BoardLane[];
      readonly count: number;
      readonly value: number;
    }
  | { readonly outcome: "rejected"; readonly why: UnknownName };

/** Reads all opportunities of a pipeline, to the last page. */
export async function readBoard(
  pipelineName: string,
  { status = "open", assignedTo, signal }: BoardQuery,
  { location, pipelines }: { readonly location: OpportunitiesClient; readonly pipelines: Pipelines },
): Promise<Board> {
  const named = await pipelines.pipeline(pipelineName);
  if ("why" in named) return { outcome: "rejected", why: named.why };
  const { id, name, stages } = named.found;
  const input = { pipelineId: id, status, limit: 100, ...(assignedTo !== undefined && { assignedTo }) };
  // What is added meanwhile moves others to the next page, where they come a second time.
  const all = new Map<string, Opportunity>();
  for await (const one of location.opportunities.search(input, { fresh: true, ...(signal !== undefined && { signal }) }))
    all.set(one.id, one);
  const lanes = lanesOf(stages, [...all.values()]);
  const value = sumOf([...all.values()]);
  return { outcome: "read", pipeline: { id, name }, lanes, count: all.size, value };
}

function lanesOf(stages: readonly PipelineStage[], opportunities: readonly Opportunity[]): readonly BoardLane[] {
  const byStage = Map.groupBy(opportunities, ({ pipelineStageId }) => pipelineStageId);
  const known = stages
    .toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0))
    .map((stage) => lane({ id: stage.id, name: stage.name }, byStage.get(stage.id) ?? []));
  const ids = new Set(stages.map(({ id }) => id));
  const rest = opportunities.filter(({ pipelineStageId }) => !ids.has(pipelineStageId));
  return rest.length === 0 ? known : [...known, lane(undefined, rest)];
}

function lane(stage: BoardLane["stage"], opportunities: readonly Opportunity[]): BoardLane {
  return { stage, count: opportunities.length, value: sumOf(opportunities), opportunities };
}

/** In ten-thousandths, so that 0.1 + 0.2 is 0.3: no currency has more than four decimals. */
function sumOf(opportunities: readonly Opportunity[]): number {
  return opportunities.reduce((sum, one) => sum + Math.round((one.monetaryValue ?? 0) * 10_000), 0) / 10_000;
}
