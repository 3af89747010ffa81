import { isGhlError } from "@ghlkit/core";
import { Refusal, textIn, type Action, type Backend } from "@ghlkit/app-kit/server";
import type { Opportunities } from "@ghlkit/crm/opportunities";
import type { LocationClient } from "ghlkit";

/** An open opportunity of a contact. */
export interface Deal {
  readonly id: string;
  readonly title: string;
  readonly pipelineId: string;
  readonly stageId: string;
  /** Where it may be moved; empty while HighLevel does not say. */
  readonly stages: readonly { readonly id: string; readonly name: string }[];
}

/** The open opportunities of a contact, the newest first. */
export async function readDeals(backend: Backend, locationId: string, contactId: string): Promise<readonly Deal[]> {
  const rows = await backend.copy.all(
    `select id, name, pipeline_id, pipeline_stage_id from $s.ghl_opportunities
     where location_id = ?1 and contact_id = ?2 and status = 'open' order by created_at desc limit 10`,
    [locationId, contactId],
  );
  if (rows.length === 0) return [];
  const pipelines = await readPipelines(backend, locationId);
  return rows.map((row) => ({
    id: String(row["id"]),
    title: String(row["name"]),
    pipelineId: String(row["pipeline_id"]),
    stageId: String(row["pipeline_stage_id"]),
    stages: (pipelines.find(({ id }) => id === row["pipeline_id"])?.stages ?? []).map(({ id, name }) => ({ id, name })),
  }));
}

type Pipelines = Awaited<ReturnType<LocationClient["opportunities"]["listPipelines"]>>["pipelines"];

/** Those that were read last of each location. The client keeps them for five minutes; after that, too, a thread does not wait for HighLevel, nor for an outage. */
const lastRead = new WeakMap<Backend, Map<string, Pipelines>>();

async function readPipelines(backend: Backend, locationId: string): Promise<Pipelines> {
  const kept = lastRead.get(backend) ?? new Map<string, Pipelines>();
  lastRead.set(backend, kept);
  const known = kept.get(locationId);
  const read = backend
    .location(locationId)
    .opportunities.listPipelines()
    .then(({ pipelines }) => {
      kept.set(locationId, pipelines);
      return pipelines;
    })
    .catch((error: unknown) => {
      // An outage takes no thread away.
      if (isGhlError(error)) return known ?? [];
      if (known === undefined) throw error;
      console.error(`The pipelines of ${locationId} cannot be read again.`, error);
      return known;
    });
  return known ?? read;
}

/** Moves an opportunity from the stage where the page saw it; one that was moved meanwhile stays where it is. */
export async function moveDeal(opportunities: Opportunities, { body }: Action): Promise<{ readonly stageId: string }> {
  const [id, pipeline, stage, from] = ["id", "pipeline", "stage", "from"].map((name) => textIn(body, name, { needed: true })) as [
    string,
    string,
    string,
    string,
  ];
  const move = await opportunities.move(id, { pipeline, stage, from: { pipelineId: pipeline, pipelineStageId: from } });
  switch (move.outcome) {
    case "moved":
    case "unchanged":
      return { stageId: move.at.stage.id };
    case "conflict":
      throw new Refusal(`It was moved to ${move.at.stage.name} in HighLevel meanwhile.`);
    case "not_found":
      throw new Refusal("This opportunity is not in HighLevel any more.");
    case "rejected":
      throw new Refusal(`HighLevel refused the move: ${move.fields.map(({ message, why }) => message ?? why).join(", ")}`);
  }
}
