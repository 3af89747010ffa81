import { createPending, newKey, notify, send, thePage, type Pending } from "@ghlkit/app-kit/client";
import type { Board, LeadCard } from "../board.ts";

const pending = createPending<LeadCard>();

interface Moved {
  readonly outcome: "moved" | "moved elsewhere" | "gone";
  readonly at?: string;
}

/** Moves of cards: shown at once, dashed until they are confirmed, and taken back one by one. */
export const moves: Pick<Pending<LeadCard>, "over"> & { readonly move: (id: string, stage: string) => Promise<void> } = {
  over: pending.over,
  async move(id, stage) {
    const board = thePage<Board>().state.value;
    const card = board.cards.find((one) => one.id === id);
    if (card === undefined || pending.over(card).stageId === stage) return;
    const from = pending.over(card).stageId;
    const name = board.lanes.find((lane) => lane.id === stage)?.name ?? stage;
    const key = newKey();
    const answer = await pending.send(id, { stageId: stage }, () =>
      send<Moved>("/moves", { id, stage, from, pipeline: board.pipeline?.id }, key),
    );
    refocus(id);
    if (!answer.ok)
      return notify({
        text: `${card.person} stays where it was. ${answer.message}`,
        kind: "bad",
        action: { label: "Try again", run: () => void moves.move(id, stage) },
      });
    const result = answer as unknown as Moved;
    if (result.outcome === "moved elsewhere")
      notify({ text: `${card.person} was moved to ${result.at ?? "another stage"} in HighLevel meanwhile.` });
    else if (result.outcome === "gone") notify({ text: `${card.person} is not in HighLevel any more.` });
    else notify({ text: `${card.person} is in ${name}.`, kind: "good", action: { label: "Undo", run: () => void moves.move(id, from) } });
  },
};

/** A card that was moved is another element: focus follows it. */
function refocus(id: string): void {
  setTimeout(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>(`#stage-${CSS.escape(id)}`)?.focus();
  });
}
