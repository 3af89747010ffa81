import { startPage, thePage, withRows, type LiveEvent } from "@ghlkit/app-kit/client";
import type { Board, LeadCard, Pipeline } from "../board.ts";
import { BoardPage } from "./board-page.tsx";
import { seeStep, type StepSeen } from "./lead-form.tsx";
import type { ImportState } from "../imports.ts";
import { reportImport } from "./import-dialog.tsx";
import "./leads.css";

startPage<Board>(
  () => <BoardPage />,
  (board, { type, data }: LiveEvent) => {
    if (type === "cards") {
      const change = data as { readonly upsert?: readonly LeadCard[]; readonly remove?: readonly string[] };
      // A stage that was made since.
      if (change.upsert?.some(({ stageId }) => board.lanes.every(({ id }) => id !== stageId))) void thePage().reload();
      return { ...board, cards: withRows(board.cards, change) };
    }
    if (type === "lanes") {
      const { pipeline, lanes } = data as Pipeline;
      if (pipeline?.id === board.pipeline?.id) return { ...board, pipeline, lanes };
      // Another pipeline has other cards.
      void thePage().reload();
    }
    if (type === "step") seeStep(data as StepSeen);
    if (type !== "import") return board;
    const lastImport = data as ImportState;
    reportImport(lastImport);
    return { ...board, lastImport };
  },
);
