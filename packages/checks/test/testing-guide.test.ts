import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { markdownSamples } from "../src/markdown-samples.ts";

const tests = new URL("../../ghlkit/test/testing-guide/", import.meta.url);

test("the tests that the testing guide shows are files that run", async () => {
  const guide = await readFile(new URL("../../../docs/testing.md", import.meta.url), "utf8");
  const shown = markdownSamples(guide)
    .samples.map(({ code }) => code.trim())
    .filter((code) => code.includes('test("'));
  const files = (await readdir(tests)).toSorted();
  const run = await Promise.all(files.map((file) => readFile(new URL(file, tests), "utf8")));
  expect(shown).toEqual(run.map((text) => text.replaceAll('"../../src/index.ts"', '"ghlkit"').trim()));
});
