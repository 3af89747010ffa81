import { expect, test } from "vitest";
import { createIdSource } from "../../src/ids/id-source.ts";

test("ids have the platform's formats", () => {
  const ids = createIdSource("seed");
  expect(ids.record()).toMatch(/^[A-Za-z0-9]{20}$/);
  expect(ids.object()).toMatch(/^[0-9a-f]{24}$/);
  expect(ids.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("the same seed gives the same ids, another one others, and none comes twice", () => {
  const [a, b, c] = [createIdSource("one"), createIdSource("one"), createIdSource("two")];
  const first = Array.from({ length: 5000 }, () => a.record());
  expect(Array.from({ length: 5000 }, () => b.record())).toEqual(first);
  expect(c.record()).not.toBe(first[0]);
  expect(new Set(first).size).toBe(5000);
});
