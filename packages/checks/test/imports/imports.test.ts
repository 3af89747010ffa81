import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it, test } from "vitest";
import { circlesOf, type Graph } from "../../src/imports/circles.ts";
import { mayImport } from "../../src/imports/import-table.ts";
import { importsOf } from "../../src/imports/imports-of.ts";
import { foldersOf, readPackageImports } from "../../src/imports/package-imports.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const packages = readdirSync(`${root}/packages`).filter((name) => existsSync(`${root}/packages/${name}/src`));

const graph = (edges: Readonly<Record<string, readonly string[]>>): Graph =>
  new Map(Object.entries(edges).map(([name, targets]) => [name, new Set(targets)]));

describe.each(packages)("%s", (name) => {
  const { files, others } = readPackageImports(`${root}/packages/${name}`);

  test("has files", () => {
    expect(files.size).toBeGreaterThan(0);
  });

  test("no files import each other in a circle", () => {
    expect(circlesOf(files)).toEqual([]);
  });

  test("imports only what its row of the table allows", () => {
    expect([...others].filter(([imported]) => !mayImport(name, imported))).toEqual([]);
  });
});

test.each(["auth", "core", "resilience", "storage", "webhooks"])("the folders of %s import each other in one direction", (name) => {
  const { files } = readPackageImports(`${root}/packages/${name}`);
  expect(circlesOf(foldersOf(files))).toEqual([]);
});

describe("importsOf", () => {
  it("finds every kind of import, types included", () => {
    const code = `import { a } from "./a.ts";
      import type { B } from "./b.ts";
      export { c } from "./c.ts";
      export * from "./d.ts";
      export type { E } from "./e.ts";
      const f = (): Promise<unknown> => import("./f.ts");
      let g: import("./g.ts").G;
      // import "./h.ts";`;
    expect(importsOf("x.ts", code)).toEqual(["a", "b", "c", "d", "e", "f", "g"].map((name) => `./${name}.ts`));
  });

  it("refuses what it cannot parse: a file that is not read has no circles", () => {
    expect(() => importsOf("x.ts", "import { from")).toThrow("x.ts");
  });
});

describe("circlesOf", () => {
  it("finds circles of any length, each once", () => {
    expect(circlesOf(graph({ a: ["b"], b: ["c"], c: ["a", "d"], d: ["e"], e: ["d"], f: ["a"] }))).toEqual([
      ["a", "b", "c"],
      ["d", "e"],
    ]);
  });

  it("finds none where paths only meet", () => {
    expect(circlesOf(graph({ a: ["b", "c"], b: ["d"], c: ["d"], d: [] }))).toEqual([]);
  });
});

describe("foldersOf", () => {
  it("joins the imports of a folder's files", () => {
    const files = graph({ "index.ts": ["a/x.ts"], "a/x.ts": ["b/y.ts", "a/z.ts"], "a/z.ts": [], "b/y.ts": ["a/z.ts"] });
    expect(circlesOf(foldersOf(files))).toEqual([["a", "b"]]);
  });
});

describe("mayImport", () => {
  it.each([
    ["auth", "@ghlkit/storage"],
    ["client", "@ghlkit/contract/documents"],
    ["storage-sqlite", "@ghlkit/storage/engine"],
    ["ghlkit", "@ghlkit/client"],
    ["auth", "zod"],
  ])("%s: %s", (folder, imported) => expect(mayImport(folder, imported)).toBe(true));

  it.each([
    ["auth", "@ghlkit/client"],
    ["auth", "@ghlkit/storage/testing"],
    ["core", "@ghlkit/storage"],
    ["contract", "@ghlkit/core"],
    ["emulator", "@ghlkit/core"],
    ["webhooks", "@ghlkit/resilience"],
    ["webhooks", "ghlkit"],
    ["new-package", "@ghlkit/core"],
  ])("not %s: %s", (folder, imported) => expect(mayImport(folder, imported)).toBe(false));
});
