import { expect, it } from "vitest";
import { rowsWithOutcomes } from "../../src/node/restore/rows-with-outcomes.ts";

async function* listed<Item>(...items: readonly Item[]): AsyncGenerator<Item, void, undefined> {
  yield* items;
}

it("pairs rows and outcomes by line, whatever lines either lacks", async () => {
  const rows = listed(
    { line: 1, row: "a" },
    { line: 2, problem: "unreadable" },
    { line: 4, row: "d" },
    { line: 5, row: "e" },
    { line: 6, row: "f" },
  );
  const outcomes = listed(...[2, 3, 4, 6].map((line) => ({ line, outcome: `of ${line}` })));
  const paired: unknown[] = [];
  for await (const { row, outcome } of rowsWithOutcomes(rows, outcomes)) paired.push([row, outcome?.outcome]);
  expect(paired).toEqual([
    ["a", undefined],
    ["d", "of 4"],
    ["e", undefined],
    ["f", "of 6"],
  ]);
});
