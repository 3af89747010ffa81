import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { workspaceFiles } from "../src/workspace-files.ts";

const leastMs = 300_000;
const ownTimeout = /\btimeout: ([\d_]+)(?= *\})|^\s*\}, ([\d_]+)\);$/gm;

/** Timeouts that a test file sets, in ms. */
function timeoutsIn(text: string): readonly number[] {
  return [...text.matchAll(ownTimeout)].map(([, named, positional]) => Number((named ?? positional ?? "").replaceAll("_", "")));
}

test("finds both spellings of a timeout", () => {
  expect(timeoutsIn('it("a", { timeout: 30_000 }, () => {\n});\nit("b", () => {\n}, 20_000);\n')).toEqual([30_000, 20_000]);
});

test("no test gives itself less time than the default: on a busy machine a test takes a multiple of its time", async () => {
  const root = new URL("../../../", import.meta.url);
  const files = (await workspaceFiles(root.pathname)).filter((file) => file.endsWith(".test.ts") && !file.includes("packages/checks/"));
  const short = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(new URL(file, root), "utf8");
      return timeoutsIn(text).some((ms) => ms >= 10_000 && ms < leastMs) ? [file] : [];
    }),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(short.flat()).toEqual([]);
});
