import { isGhlError } from "@ghlkit/core";
import type { Backend } from "@ghlkit/app-kit/server";
import type { ImportState } from "./imports.ts";

/** A card. */
export interface LeadCard {
  readonly id: string;
  readonly contactId: string;
  readonly person: string;
  readonly title: string;
  /** In major units of the location's currency. */
  readonly value: number;
  readonly stageId: string;
  readonly status: string;
  readonly source: string;
  /** Order on the board: the newest first. */
  readonly createdAt: string;
}

export interface Lane {
  readonly id: string;
  readonly name: string;
}

/** What the board shows. */
export interface Board {
  /** `undefined` when the location has none. */
  readonly pipeline: { readonly id: string; readonly name: string } | undefined;
  readonly lanes: readonly Lane[];
  readonly cards: readonly LeadCard[];
  /** The import that was under way last. */
  readonly lastImport?: ImportState | undefined;
}

export type Pipeline = Pick<Board, "pipeline" | "lanes">;

/** The last pipeline that was read of each location: an outage takes no board away. */
const lastRead = new Map<string, Pipeline>();

/** The first pipeline of the location, and its deals from the copy. */
export async function readBoard(backend: Backend, locationId: string): Promise<Board> {
  const { pipeline, lanes } = await readPipeline(backend, locationId);
  return {
    pipeline,
    lanes,
    cards: pipeline === undefined ? [] : await readCards(backend, locationId, "o.pipeline_id = ?2", pipeline.id),
  };
}

/** The first pipeline, as HighLevel has it now; as it was read last where it does not answer. */
export async function readPipeline(backend: Backend, locationId: string): Promise<Pipeline> {
  try {
    const { pipelines } = await backend.location(locationId).with({ fresh: true }).opportunities.listPipelines();
    const [first] = pipelines;
    const lanes = (first?.stages ?? []).toSorted((one, other) => (one.position ?? 0) - (other.position ?? 0));
    const read = { pipeline: first && { id: first.id, name: first.name }, lanes: lanes.map(({ id, name }) => ({ id, name })) };
    lastRead.set(locationId, read);
    return read;
  } catch (error) {
    const known = lastRead.get(locationId);
    if (!isGhlError(error) || known === undefined) throw error;
    return known;
  }
}

/** Cards of the copy: those of a pipeline, of a contact, or one. */
export async function readCards(
  { copy }: Pick<Backend, "copy">,
  locationId: string,
  where: "o.pipeline_id = ?2" | "o.contact_id = ?2" | "o.id = ?2",
  value: string,
): Promise<readonly LeadCard[]> {
  const rows = await copy.all(
    `select o.id, o.contact_id, o.name, o.value, o.pipeline_stage_id, o.status, o.source, o.created_at, c.first_name, c.last_name, c.email, c.phone
     from $s.ghl_opportunities o left join $s.ghl_contacts c on c.location_id = o.location_id and c.id = o.contact_id
     where o.location_id = ?1 and ${where} order by o.created_at desc`,
    [locationId, value],
  );
  return rows.map((row) => ({
    id: text(row["id"]),
    contactId: text(row["contact_id"]),
    person: [text(row["first_name"]), text(row["last_name"])].join(" ").trim() || text(row["email"]) || text(row["phone"]) || "Unnamed",
    title: text(row["name"]),
    value: Number(row["value"] ?? 0),
    stageId: text(row["pipeline_stage_id"]),
    status: text(row["status"]),
    source: text(row["source"]),
    createdAt: text(row["created_at"]),
  }));
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
