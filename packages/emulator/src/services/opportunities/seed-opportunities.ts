import type { Seeding } from "../service.ts";

/** A pipeline of four stages, and two reasons for lost opportunities. */
export function seedOpportunities({ seed, state, now }: Seeding): void {
  const { locationId } = seed;
  const stages = ["New lead", "Contacted", "Proposal sent", "Closed"].map((name, position) => ({
    id: seed.stageIds[position] as string,
    name,
    position,
  }));
  state.pipelines.put({ id: seed.pipelineId, name: "Sales", locationId, position: "0", dateAdded: now, stages });
  for (const [index, name] of ["Too expensive", "No answer"].entries()) {
    state.lostReasons.put({ id: seed.lostReasonIds[index] as string, name, locationId, createdAt: now, updatedAt: now });
  }
}
