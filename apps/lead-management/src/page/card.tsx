import { thePage } from "@ghlkit/app-kit/client";
import type { VNode } from "preact";
import type { Board, LeadCard } from "../board.ts";
import { moves } from "./move.ts";

/** A lead. Dragging is for the mouse: on a touch screen a swipe scrolls, and the stage is chosen from the list. */
export function Card({ card }: { card: LeadCard & { readonly isPending: boolean } }): VNode {
  const { lanes } = thePage<Board>().state.value;
  const isMouse = matchMedia("(pointer: fine)").matches;
  return (
    <article
      class={card.isPending ? "card lead pending" : "card lead"}
      draggable={isMouse}
      aria-busy={card.isPending}
      onDragStart={(event) => event.dataTransfer?.setData("text/plain", card.id)}
    >
      <h3>{card.person}</h3>
      <p>{card.title}</p>
      <p class="num soft">
        {card.value.toLocaleString("en-US")}
        {card.status !== "open" && " "}
        {card.status !== "open" && <span class={`badge ${card.status === "won" ? "good" : "warn"}`}>{card.status}</span>}
      </p>
      <label class="hidden" for={`stage-${card.id}`}>
        Stage of {card.person}
      </label>
      <select id={`stage-${card.id}`} value={card.stageId} onChange={({ currentTarget }) => void moves.move(card.id, currentTarget.value)}>
        {lanes.every(({ id }) => id !== card.stageId) && <option value={card.stageId}>Stage is gone</option>}
        {lanes.map(({ id, name }) => (
          <option key={id} value={id} selected={id === card.stageId}>
            {name}
          </option>
        ))}
      </select>
    </article>
  );
}
