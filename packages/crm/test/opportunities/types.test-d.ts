import { expectTypeOf, test } from "vitest";
import type { Board, ChangeDealResult, EnsureDealResult, MoveResult } from "../../src/opportunities/index.ts";

declare const ensured: EnsureDealResult;
declare const moved: MoveResult;
declare const changed: ChangeDealResult;
declare const board: Board;

test("a switch over each outcome is exhaustive", () => {
  const ofEnsured = (): string => {
    switch (ensured.outcome) {
      case "created":
      case "updated":
      case "unchanged":
        return ensured.opportunity.id;
      case "conflict":
        return ensured.existing.id;
      case "rejected":
        return ensured.fields.map(({ why }) => why).join();
    }
  };
  const ofMoved = (): string => {
    switch (moved.outcome) {
      case "moved":
      case "unchanged":
      case "conflict":
        return moved.at.stage.name;
      case "not_found":
        return "";
      case "rejected":
        return moved.fields.map(({ field }) => field).join();
    }
  };
  const ofChanged = (): string => {
    switch (changed.outcome) {
      case "updated":
      case "unchanged":
        return changed.opportunity.id;
      case "not_found":
        return "";
      case "rejected":
        return changed.fields.map(({ field }) => field).join();
    }
  };
  expectTypeOf([ofEnsured, ofMoved, ofChanged]).items.returns.toBeString();
});

test("results are read after their outcome alone", () => {
  // @ts-expect-error A conflict or a rejection has none.
  void ensured.opportunity;
  // @ts-expect-error A pipeline that is not there has none.
  void board.lanes;
});
