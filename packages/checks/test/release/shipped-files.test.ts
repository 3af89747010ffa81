import { expect, test } from "vitest";
import { shippedFiles } from "../../src/release/shipped-files.ts";

const sources = new Set(["index.ts", "deep/part.ts"]);

test("declarations of sources are one line, and hashes are left out", () => {
  const files = [
    "CHANGELOG.md",
    "README.md",
    "dist/index.d.ts",
    "dist/deep/part.d.ts",
    "dist/index.js",
    "dist/chunks/chunk-AB12CD34.js",
    "dist/chunks/chunk-ZZ12CD34.js",
    "dist/chunks/ad-publishing-AB12CD34.js",
  ];
  expect(shippedFiles(files, sources)).toEqual([
    "README.md",
    "dist/**/*.d.ts (one for each source)",
    "dist/chunks/ad-publishing-*.js",
    "dist/chunks/chunk-*.js",
    "dist/index.js",
  ]);
});

test("what no source explains has a line of its own", () => {
  expect(shippedFiles(["dist/gone.d.ts", ".env", "src/index.ts", "dist/index.js.map"], sources)).toEqual([
    ".env",
    "dist/gone.d.ts",
    "dist/index.js.map",
    "src/index.ts",
  ]);
});
