import { expect, test } from "vitest";
import { runSteps } from "../src/run-steps.ts";
import { failed, judged, passed, type StepContext } from "../src/step.ts";

const context: StepContext = {
  root: ".",
  scratch: ".",
  recordedTests: undefined,
  upstream: undefined,
  release: () => Promise.reject(new Error("not asked for")),
  full: false,
  onlyRuntimes: undefined,
  print: () => {},
};

test("adds up, shows failures in full, and goes on after a step that breaks", async () => {
  const lines: string[] = [];
  const sum = await runSteps(
    [
      { name: "good", run: async () => passed("fine") },
      { name: "bad", run: async () => failed("the whole story") },
      { name: "broken", run: () => Promise.reject(new Error("fell over")) },
      { name: "many", run: async () => ({ passed: 40, failed: 2, output: "two of them" }) },
      { name: "judged", run: async () => judged([], "none") },
    ],
    context,
    (line) => lines.push(line),
  );
  expect(sum).toEqual({ passed: 42, failed: 4 });
  const printed = lines.join("\n");
  expect(printed).toMatch(/^ok {3}good +\d+\.\d s {2}fine$/m);
  expect(printed).toMatch(/^FAIL bad/m);
  for (const text of ["the whole story", "fell over", "two of them"]) expect(printed).toContain(text);
});
