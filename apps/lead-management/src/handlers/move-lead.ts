import { Refusal, textIn, type Action, type Backend } from "@ghlkit/app-kit/server";
import type { Opportunities } from "@ghlkit/crm/opportunities";
import { readCards } from "../board.ts";

/** Moves a card from the stage where the page saw it. Where somewhere else, the platform's place wins and the page is given it. */
export async function moveLead(backend: Backend, opportunities: Opportunities, { body, session }: Action): Promise<object> {
  const id = textIn(body, "id", { needed: true });
  const [stage, from] = [textIn(body, "stage", { needed: true }), textIn(body, "from", { needed: true })];
  const [card] = await readCards(backend, session.locationId, "o.id = ?2", id);
  if (card === undefined) throw new Refusal("This lead is not here any more.");
  const pipeline = textIn(body, "pipeline", { needed: true });
  const move = await opportunities.move(id, { pipeline, stage, from: { pipelineId: pipeline, pipelineStageId: from } });
  switch (move.outcome) {
    case "moved":
    case "unchanged":
      return { outcome: "moved", events: [{ type: "cards", data: { upsert: [{ ...card, stageId: stage }] } }] };
    case "conflict": {
      const events = [{ type: "cards", data: { upsert: [{ ...card, stageId: move.at.stage.id }] } }];
      return { outcome: "moved elsewhere", at: move.at.stage.name, events };
    }
    case "not_found":
      return { outcome: "gone", events: [{ type: "cards", data: { remove: [id] } }] };
    case "rejected":
      throw new Refusal(`HighLevel refused the move: ${move.fields.map(({ message, why }) => message ?? why).join(", ")}`);
  }
}
