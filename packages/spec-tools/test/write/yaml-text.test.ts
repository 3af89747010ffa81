import { expect, test } from "vitest";
import { parse } from "yaml";
import { yamlText } from "../../src/write/yaml-text.ts";

test("short collections stand on one line, long ones as a block, and all of it reads back", () => {
  const value = {
    name: { type: "string" },
    deep: { a: { b: { c: { d: 1 } } } },
    list: Array.from({ length: 40 }, (_, index) => `value ${index}`),
  };
  const text = yamlText(value);
  expect(text).toContain("name: { type: string }");
  expect(text.split("\n").filter((line) => line.startsWith("- value"))).toHaveLength(40);
  expect(parse(text)).toEqual(value);
});

test("a date, a yes and a number that are strings stay strings for a reader of YAML 1.1", () => {
  expect(yamlText({ a: "2021-07-28", b: "no", c: "12" })).toBe('{ a: "2021-07-28", b: "no", c: "12" }\n');
});
