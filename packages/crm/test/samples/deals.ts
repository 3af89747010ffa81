import type { LocationClient } from "@ghlkit/client";
import { createOpportunities } from "@ghlkit/crm/opportunities";

export async function quote(location: LocationClient, contactId: string): Promise<string> {
  const opportunities = createOpportunities(location);
  const deal = await opportunities.ensure({ contactId, pipeline: "Sales", name: "Braces", value: 1500 });
  if (deal.outcome === "rejected" || deal.outcome === "conflict") return deal.outcome;
  const seen = deal.opportunity;
  const move = await opportunities.move(seen.id, { stage: "Proposal sent", from: seen });
  if (move.outcome === "conflict") return `a colleague has moved it to ${move.at.stage.name}`;
  const board = await opportunities.board("Sales");
  return board.outcome === "read"
    ? board.lanes.map(({ stage, count, value }) => `${stage?.name}: ${count}, ${value}`).join("; ")
    : board.why;
}
