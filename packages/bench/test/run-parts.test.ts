import { expect, it } from "vitest";
import { measure, type Measure } from "../src/measure.ts";
import { mergeMeasures, runParts } from "../src/run-parts.ts";

const row = (name: string, value: number): Measure => measure(name, value, "ms");

it("runs one part alone, and refuses a name that is none", async () => {
  const speed = () => Promise.resolve([row("speed", 1)]);
  const memory = () => Promise.resolve([row("memory", 2)]);
  expect(await runParts([speed, memory], undefined)).toEqual([row("speed", 1), row("memory", 2)]);
  expect(await runParts([speed, memory], "memory")).toEqual([row("memory", 2)]);
  await expect(runParts([speed, memory], "size")).rejects.toThrow("There is no part size. There are: speed, memory.");
});

it("puts the rows of a part in the place of those of before", () => {
  const before = [row("a", 1), row("b", 1), row("c", 1)];
  expect(mergeMeasures(before, [row("b", 2), row("b with more", 2)])).toEqual([
    row("a", 1),
    row("b", 2),
    row("b with more", 2),
    row("c", 1),
  ]);
  expect(mergeMeasures(before, [row("d", 2)])).toEqual([...before, row("d", 2)]);
});
