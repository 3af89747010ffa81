import { expect, it } from "vitest";
import { measure, type Measure } from "../src/measure.ts";
import { mergeMeasures, partProblem, runParts } from "../src/run-parts.ts";

const row = (name: string, value: number): Measure => measure(name, value, "ms");

it("runs one part alone, and refuses a name that is none", async () => {
  const speed = () => Promise.resolve([row("speed", 1)]);
  const memory = () => Promise.resolve([row("memory", 2)]);
  expect(await runParts([speed, memory], undefined)).toEqual([row("speed", 1), row("memory", 2)]);
  expect(await runParts([speed, memory], "memory")).toEqual([row("memory", 2)]);
  await expect(runParts([speed, memory], "size")).rejects.toThrow("There is no part size. There are: speed, memory.");
});

it("refuses a part of all benchmarks, of several, and of one without parts", () => {
  const withParts = ["crm", "sync"];
  for (const wanted of [[], ["crm", "sync"], ["apps"]])
    expect(partProblem(wanted, { only: "outage", withParts })).toBe(
      "GHLKIT_PART=outage takes the name of one benchmark that has parts: crm, sync.",
    );
  expect(partProblem(["sync"], { only: "outage", withParts })).toBeUndefined();
  expect(partProblem([], { only: undefined, withParts })).toBeUndefined();
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
