import { Refusal } from "../../src/server/error-sentence.ts";
import { tryEach } from "../../src/server/resume-runs.ts";
import { expect, it } from "vitest";

it("goes on with the others when one is refused", async () => {
  const done: number[] = [];
  await tryEach([1, 2, 3], async (item) => {
    if (item === 2) throw new Refusal("No.");
    done.push(item);
  });
  expect(done).toEqual([1, 3]);
});
