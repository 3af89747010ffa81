import type { MoveResult } from "./deal-result.ts";
import type { Opportunity } from "./opportunities-client.ts";
import type { OpportunityCalls } from "./opportunity-calls.ts";
import type { Named, Pipelines, StagePlace } from "./pipelines.ts";
import { writeAtPlace } from "./write-at-place.ts";

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
  const find = (): Promise<Named<StagePlace>> => pipelines.place(pipeline ?? before.pipelineId, stage);
  const to = await find();
  if ("why" in to) return rejected(to, "stage", calls);
  const seen = from === undefined ? undefined : await seenAt(from, before, pipelines);
  if (seen !== undefined && "why" in seen) return rejected(seen, "from", calls);
  if (isAt(before, to.found)) return { outcome: "unchanged", opportunity: before, at: to.found, calls: calls.count() };
  if (seen !== undefined && !isAt(before, seen.found)) return conflict(before, false, parts);
  const write = (at: StagePlace): Promise<Opportunity> => calls.update(id, { pipelineId: at.pipeline.id, pipelineStageId: at.stage.id });
  const written = await writeAtPlace(to.found, { write, find, renew: pipelines.renew });
  if ("why" in written) return rejected(written, "stage", calls);
  const { at, result: answered } = written;
  if (isAt(answered, at)) return { outcome: "moved", opportunity: answered, at, calls: calls.count() };
  const now = (await calls.get(id)) ?? answered;
  return isAt(now, at) ? { outcome: "moved", opportunity: now, at, calls: calls.count() } : conflict(now, true, parts);
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
