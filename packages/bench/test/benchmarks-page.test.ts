import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readResults } from "../src/benchmarks-page/read-results.ts";
import { renderBenchmarksPage } from "../src/benchmarks-page/render-benchmarks-page.ts";
import { measure } from "../src/measure.ts";

test("docs/benchmarks.md is what `pnpm docs:benchmarks` makes of the committed results", async () => {
  const page = await readFile(new URL("../../../docs/benchmarks.md", import.meta.url), "utf8");
  expect(page).toBe(renderBenchmarksPage(await readResults()));
});

test("lists missed goals before the tables", () => {
  const measures = [
    measure("time of a call", 2, "x", { atMost: 1 }),
    measure("calls lost", 0, "", { atMost: 0 }, { "a | b": 3 }),
    measure("size", 1, "kB"),
  ];
  const page = renderBenchmarksPage([{ name: "client", measures }]);
  expect(page).toContain("1 of 2 goals are met. Missed:\n\n- client: time of a call: 2 x (goal <= 1 x)\n\n## client");
  expect(page).toContain("| calls lost | 0 | <= 0 | met | a \\| b: 3 |");
  expect(page).toContain("| size | 1 kB |  |  |  |");
});
