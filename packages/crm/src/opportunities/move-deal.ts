import type { MoveResult } from "./deal-result.ts";
import type { Opportunity } from "./opportunities-client.ts";
import type { OpportunityCalls } from "./opportunity-calls.ts";
import type { Named, Pipelines, StagePlace } from "./pipelines.ts";

/** Where an opportunity goes. */
export interface Move {
  /** Name or id. @default the pipeline that it is in */
  readonly pipeline?: string | undefined;
  /** Name or id. */
  readonly stage: string;
  /**
   * Where the caller saw it: a stage by name or id, or the opportunity as it was read. When it is elsewhere by now, nothing is changed.
   * @default wherever it is
   */
  readonly from?: string | Pick<Opportunity, "pipelineId" | "pipelineStageId"> | undefined;
}

/** Moves an opportunity to a stage. */
export async function moveDeal(
  id: string,
  { pipeline, stage, from }: Move,
  parts: { readonly calls: OpportunityCalls; readonly pipelines: Pipelines },
): Promise<MoveResult> {
  const { calls, pipelines } = parts;
  const before = await calls.get(id);
  if (before === undefined) return { outcome: "not_found", calls: calls.count() };
  const to = await pipelines.place(pipeline ?? before.pipelineId, stage);
  if ("why" in to) return rejected(to, "stage", calls);
  const seen = from === undefined ? undefined : await seenAt(from, before, pipelines);
  if (seen !== undefined && "why" in seen) return rejected(seen, "from", calls);
  if (isAt(before, to.found)) return { outcome: "unchanged", opportunity: before, at: to.found, calls: calls.count() };
  if (seen !== undefined && !isAt(before, seen.found)) return conflict(before, false, parts);
  const body = { pipelineId: to.found.pipeline.id, pipelineStageId: to.found.stage.id };
  const answered = await calls.update(id, body);
  if (isAt(answered, to.found)) return { outcome: "moved", opportunity: answered, at: to.found, calls: calls.count() };
  const now = (await calls.get(id)) ?? answered;
  return isAt(now, to.found) ? { outcome: "moved", opportunity: now, at: to.found, calls: calls.count() } : conflict(now, true, parts);
}

/** A stage by name is one of the pipeline that the opportunity is in. */
async function seenAt(from: NonNullable<Move["from"]>, before: Opportunity, pipelines: Pipelines): Promise<Named<StagePlace>> {
  if (typeof from !== "string") return { found: await pipelines.placeOf(from) };
  return pipelines.place(before.pipelineId, from);
}

function isAt({ pipelineId, pipelineStageId }: Opportunity, { pipeline, stage }: StagePlace): boolean {
  return pipelineId === pipeline.id && pipelineStageId === stage.id;
}

async function conflict(
  opportunity: Opportunity,
  wasSent: boolean,
  { calls, pipelines }: { readonly calls: OpportunityCalls; readonly pipelines: Pipelines },
): Promise<MoveResult> {
  return { outcome: "conflict", opportunity, at: await pipelines.placeOf(opportunity), wasSent, calls: calls.count() };
}

function rejected({ why }: Exclude<Named<never>, { readonly found: never }>, field: string, calls: OpportunityCalls): MoveResult {
  const named = why.endsWith("_pipeline") ? "pipeline" : field;
  return { outcome: "rejected", fields: [{ field: named, why }], calls: calls.count() };
}
