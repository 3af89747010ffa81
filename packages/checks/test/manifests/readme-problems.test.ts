import { expect, test } from "vitest";
import { readmeProblems } from "../../src/manifests/readme-problems.ts";

const versions = { node: "22.13", typescript: "5.4" };
const stated = "Node.js 22.13 or later; TypeScript 5.4 or later.";
const paths = new Set(["docs/auth.md", "packages/core/README.md"]);
const ours = "https://github.com/ghlkit/ghlkit";

test("absolute links, anchors and links to files of the repository are right", () => {
  const text = `${stated} [a](${ours}/blob/main/docs/auth.md#x) [b](#errors) [c](${ours}/tree/main/packages/core) [d](https://example.com)`;
  expect(readmeProblems(text, paths, versions)).toEqual([]);
});

test("relative links and links to no file are problems", () => {
  const text = `${stated} [a](../core) [b](${ours}/blob/main/docs/gone.md)`;
  expect(readmeProblems(text, paths, versions)).toEqual([
    "the link ../core does not work on npm: it should be absolute",
    `${ours}/blob/main/docs/gone.md is no file of the repository`,
  ]);
});

test("the least versions have to be stated", () => {
  expect(readmeProblems("Node.js 20 or later", paths, versions)).toEqual([
    'it does not state "Node.js 22.13 or later"',
    'it does not state "TypeScript 5.4 or later"',
  ]);
});
