import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { manifestProblems } from "../../src/manifests/manifest-problems.ts";
import type { Manifest } from "../../src/published-manifest.ts";

const manifest = JSON.parse(await readFile(new URL("../../../core/package.json", import.meta.url), "utf8")) as Manifest;

test("a manifest that has all has no problem", () => {
  expect(manifestProblems(manifest, "core")).toEqual([]);
});

const wrong: readonly (readonly [string, Manifest, string])[] = [
  ["no home page", { homepage: undefined }, "homepage should be"],
  [
    "the folder of another package",
    { repository: { type: "git", url: "git+https://github.com/ghlkit/ghlkit.git", directory: "packages/auth" } },
    "repository should be",
  ],
  [
    "a repository in other letters",
    { repository: { type: "git", url: "git+https://github.com/GHLkit/ghlkit.git", directory: "packages/core" } },
    "repository should be",
  ],
  ["no keywords", { keywords: undefined }, "keywords should"],
  ["an install script", { scripts: { postinstall: "node x.js" } }, "scripts.postinstall"],
  ["provenance for a publish by hand", { publishConfig: { ...(manifest["publishConfig"] as object), provenance: true } }, "provenance"],
  ["an entry point that is not published", { exports: { ".": "./src/index.ts", "./more": "./src/more.ts" } }, "same entry points"],
];

test.each(wrong)("%s is a problem", (_, change, problem) => {
  expect(manifestProblems({ ...manifest, ...change }, "core")).toEqual([expect.stringContaining(problem)]);
});
