import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { matrix } from "../../src/runtimes/matrix.ts";
import { tools } from "../../src/runtimes/versions.ts";

describe("the runtime matrix", () => {
  it("is what docs/runtimes.md lists, in the same order", async () => {
    const page = await readFile(new URL("../../../../docs/runtimes.md", import.meta.url), "utf8");
    const rows = page
      .slice(page.indexOf("| runtime |"), page.indexOf("\n\n", page.indexOf("| runtime |")))
      .split("\n")
      .slice(2)
      .map((row) => row.split("|")[1]?.trim());
    expect(rows).toEqual(matrix.map(({ name }) => name));
  });

  it("names each runtime once, and pins every tool to a whole version", () => {
    expect(new Set(matrix.map(({ name }) => name)).size).toBe(matrix.length);
    for (const versions of Object.values(tools)) for (const version of Object.values(versions)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
