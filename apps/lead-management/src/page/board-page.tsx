import { Empty, Shell, thePage } from "@ghlkit/app-kit/client";
import { signal } from "@preact/signals";
import type { VNode } from "preact";
import type { Board, Lane, LeadCard } from "../board.ts";
import { Card } from "./card.tsx";
import { ImportBar, ImportDialog, openImport } from "./import-dialog.tsx";
import { LeadDialog, openLeadForm } from "./lead-form.tsx";
import { moves } from "./move.ts";

/** The lane that a phone shows. */
const shownLane = signal(0);

export function BoardPage(): VNode {
  const { state } = thePage<Board>();
  const { pipeline, lanes, cards } = state.value;
  const actions = (
    <>
      <button type="button" class="main" onClick={openLeadForm}>
        + Lead
      </button>
      <button type="button" onClick={openImport}>
        Import CSV
      </button>
    </>
  );
  const known = new Set(lanes.map(({ id }) => id));
  const rows = cards.map(moves.over);
  const lost = rows.filter(({ stageId }) => !known.has(stageId));
  const all = lost.length === 0 ? lanes : [...lanes, { id: "", name: "Stage is gone" }];
  const at = Math.min(shownLane.value, all.length - 1);
  return (
    <Shell title="Leads" actions={actions}>
      {pipeline === undefined ? (
        <Empty>This location has no pipeline. Make one in HighLevel under Opportunities: it shows here within a minute.</Empty>
      ) : all.length === 0 ? (
        <Empty>The pipeline {pipeline.name} has no stages. Add one in HighLevel: it shows here within a minute.</Empty>
      ) : (
        <>
          <ImportBar />
          <LaneSwitch lanes={all} at={at} />
          <div class="board">
            {all.map((lane, place) => (
              <LaneColumn
                key={lane.id}
                lane={lane}
                isShown={place === at}
                cards={lane.id === "" ? lost : rows.filter(({ stageId }) => stageId === lane.id)}
              />
            ))}
          </div>
        </>
      )}
      <LeadDialog />
      <ImportDialog />
    </Shell>
  );
}

function LaneSwitch({ lanes, at }: { lanes: readonly Lane[]; at: number }): VNode {
  const go = (step: number) => (): void => void (shownLane.value = (at + step + lanes.length) % lanes.length);
  return (
    <nav class="lanes" aria-label="Stage">
      <button type="button" onClick={go(-1)} aria-label="Previous stage">
        ‹
      </button>
      <span>
        {lanes[at]?.name} · {at + 1}/{lanes.length}
      </span>
      <button type="button" onClick={go(1)} aria-label="Next stage">
        ›
      </button>
    </nav>
  );
}

function LaneColumn({
  lane,
  cards,
  isShown,
}: {
  lane: Lane;
  cards: readonly (LeadCard & { isPending: boolean })[];
  isShown: boolean;
}): VNode {
  const move = (event: DragEvent): void => {
    event.preventDefault();
    const id = event.dataTransfer?.getData("text/plain") ?? "";
    if (lane.id !== "" && id !== "") void moves.move(id, lane.id);
  };
  const sum = cards.reduce((total, { value }) => total + value, 0);
  return (
    <section class={isShown ? "lane shown" : "lane"} aria-label={lane.name} onDragOver={(event) => event.preventDefault()} onDrop={move}>
      <h2>
        {lane.name}{" "}
        <small class="soft num">
          {cards.length} · {sum.toLocaleString("en-US")}
        </small>
      </h2>
      {cards.length === 0 ? <p class="soft nothing">Nothing here yet</p> : cards.map((card) => <Card key={card.id} card={card} />)}
    </section>
  );
}
