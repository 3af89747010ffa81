import { expect, it } from "vitest";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage } from "@ghlkit/storage";
import { runSlice, type TurnEnd } from "../../src/locations/run-slices.ts";

function setUp() {
  const clock = createManualClock();
  const { journal } = createMemoryStorage({ clock });
  const cursors: (number | undefined)[] = [];
  const turn = async (last?: TurnEnd): Promise<TurnEnd | undefined> => {
    await clock.advance(2);
    const { turn: how, ...rest } = await runSlice<string, number, undefined>("a", {
      key: "nightly",
      journal,
      clock,
      leaseMs: 5000,
      sliceMs: 5000,
      locationOf: (id) => id,
      work: async (_, { cursor = 0 }) => (cursors.push(cursor), { done: false, cursor: cursor + 1 }),
      ...(last && { last }),
    });
    expect(how).toBe("more");
    return "at" in rest ? rest.at : undefined;
  };
  return { turn, cursors };
}

it("reports where a turn ended, and goes on there", async () => {
  const { turn, cursors } = setUp();
  const first = await turn();
  expect(first).toEqual({ slice: 1, fence: 1 });
  expect(await turn(first)).toEqual({ slice: 2, fence: 2 });
  expect(cursors).toEqual([0, 1]);
});

it("goes on where the journal says, whatever is believed of the last turn", async () => {
  const { turn, cursors } = setUp();
  for (const last of [undefined, { slice: 9, fence: 7 }, { slice: 1, fence: 1 }, { slice: 0, fence: 0 }, { slice: 4, fence: 1 }])
    await turn(last);
  expect(cursors).toEqual([0, 1, 2, 3, 4]);
});
