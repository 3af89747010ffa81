import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";

const read = (path: string): Promise<string> => readFile(new URL(`../../../${path}`, import.meta.url), "utf8");

interface Settings {
  readonly allowBuilds: Readonly<Record<string, boolean>>;
  readonly onlyBuiltDependencies: readonly string[];
}

test("SECURITY.md names the packages whose install scripts run, and no other", async () => {
  const { allowBuilds, onlyBuiltDependencies } = parse(await read("pnpm-workspace.yaml")) as Settings;
  expect(Object.keys(allowBuilds).toSorted()).toEqual(onlyBuiltDependencies.toSorted());
  const sentence = /install scripts run for (\w+) named packages only[^(]*\(([^)]*)\)/.exec(await read("SECURITY.md"));
  const named = [...(sentence?.[2] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
  expect(named.toSorted()).toEqual(onlyBuiltDependencies.toSorted());
  expect(sentence?.[1]).toBe(["none", "one", "two", "three", "four", "five", "six", "seven"][named.length]);
});
