import { startPage, withRows, type LiveEvent } from "@ghlkit/app-kit/client";
import type { Board, LeadCard } from "../board.ts";
import { BoardPage } from "./board-page.tsx";
import { seeStep, type StepSeen } from "./lead-form.tsx";
import { seeImport, type ImportState } from "./import-dialog.tsx";
import "./leads.css";

startPage<Board>(
  () => <BoardPage />,
  (board, { type, data }: LiveEvent) => {
    if (type === "cards") return { ...board, cards: withRows(board.cards, data as { upsert?: LeadCard[]; remove?: string[] }) };
    if (type === "step") seeStep(data as StepSeen);
    if (type === "import") seeImport(data as ImportState);
    return board;
  },
);
