import type { PipelinesResponse, PipelineStage } from "@ghlkit/contract/types/opportunities";
import type { Clock } from "@ghlkit/core";
import { cached } from "../location/cached.ts";
import { byName } from "../run/by-name.ts";
import type { OpportunitiesClient } from "./opportunities-client.ts";

/** A stage of a pipeline. */
export interface StagePlace {
  readonly pipeline: { readonly id: string; readonly name: string };
  readonly stage: { readonly id: string; readonly name: string };
}

/** Why a pipeline, a stage or a lost reason that was named is none. */
export type UnknownName =
  | "unknown_pipeline"
  | "unknown_stage"
  | "ambiguous_pipeline"
  | "ambiguous_stage"
  | "unknown_reason"
  | "ambiguous_reason";

/** Something that is found by its name. */
export type Named<Item> = { readonly found: Item } | { readonly why: UnknownName };

/** The pipelines and lost reasons of a location by name. */
export interface Pipelines {
  /** By name or id. Without a stage the first one. Read again, at most once in 30 s, when it is not there. */
  readonly place: (pipeline: string, stage: string | undefined) => Promise<Named<StagePlace>>;
  readonly pipeline: (nameOrId: string) => Promise<Named<PipelinesResponse>>;
  readonly lostReason: (nameOrId: string) => Promise<Named<{ readonly id: string; readonly name: string }>>;
  /** Whether they are read again for the next question: at most once in 30 s. */
  readonly renew: () => boolean;
  /** The names of a place; ids where it is in no pipeline that is listed. */
  readonly placeOf: (at: { readonly pipelineId: string; readonly pipelineStageId: string }) => Promise<StagePlace>;
}

const [ttlMs, missMs] = [600_000, 30_000];

/** Reads them once for all. */
export function createPipelines({ opportunities }: OpportunitiesClient, { clock }: { readonly clock: Clock }): Pipelines {
  const list = cached(async () => (await opportunities.listPipelines()).pipelines, { clock, ttlMs });
  const reasons = cached(() => lostReasons({ opportunities }), { clock, ttlMs });
  const find = async (nameOrId: string): Promise<Named<PipelinesResponse>> => theOne(await list.get(), nameOrId, "pipeline");
  const place = async (name: string, stage: string | undefined): Promise<Named<StagePlace>> => {
    const pipeline = await find(name);
    return "why" in pipeline ? pipeline : placeIn(pipeline.found, stage);
  };
  return {
    pipeline: (name) => again(() => find(name), list.invalidate),
    place: (name, stage) => again(() => place(name, stage), list.invalidate),
    lostReason: (name) => again(async () => theOne(await reasons.get(), name, "reason"), reasons.invalidate),
    renew: () => list.invalidate(missMs),
    placeOf: async ({ pipelineId, pipelineStageId }) => {
      const known = await again(() => place(pipelineId, pipelineStageId), list.invalidate);
      if ("found" in known) return known.found;
      return { pipeline: { id: pipelineId, name: pipelineId }, stage: { id: pipelineStageId, name: pipelineStageId } };
    },
  };
}

/** What is not there may be new. */
async function again<Item>(find: () => Promise<Named<Item>>, invalidate: (ms: number) => boolean): Promise<Named<Item>> {
  const first = await find();
  return "why" in first && invalidate(missMs) ? find() : first;
}

async function lostReasons({
  opportunities,
}: Pick<OpportunitiesClient, "opportunities">): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const reasons: { id: string; name: string }[] = [];
  for await (const { id, name } of opportunities.listLostReasons()) if (id !== undefined && name !== undefined) reasons.push({ id, name });
  return reasons;
}

function placeIn({ id, name, stages }: PipelinesResponse, stage: string | undefined): Named<StagePlace> {
  const pipeline = { id, name };
  const first = stages.toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0))[0];
  if (stage !== undefined) {
    const named = theOne(stages, stage, "stage");
    return "why" in named ? named : { found: { pipeline, stage: shortStage(named.found) } };
  }
  return first === undefined ? { why: "unknown_stage" } : { found: { pipeline, stage: shortStage(first) } };
}

function shortStage({ id, name }: PipelineStage): StagePlace["stage"] {
  return { id, name };
}

/** Two of one name are ambiguous. */
function theOne<Item extends { readonly id: string; readonly name: string }>(
  items: readonly Item[],
  wanted: string,
  what: "pipeline" | "stage" | "reason",
): Named<Item> {
  const [found, other] = byName(items, wanted);
  if (other !== undefined) return { why: `ambiguous_${what}` };
  return found === undefined ? { why: `unknown_${what}` } : { found };
}
