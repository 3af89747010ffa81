import { expect, test } from "vitest";
import { arrayItems, arrayOfArray } from "../../../src/normalise/rules/arrays.ts";
import { repairSchema } from "../rule-fixture.ts";

test("a list of untyped lists becomes one level, its items as the example shows them", () => {
  expect(repairSchema(arrayOfArray, { type: "array", items: { type: "array" }, example: ["a", "b"] })).toEqual({
    schema: { type: "array", items: { type: "string" }, example: ["a", "b"] },
    repairs: 1,
  });
});

test("without an example the items are unknown", () => {
  expect(repairSchema(arrayOfArray, { type: "array", items: { type: "array", items: {} } }).schema.items).toEqual({ "x-unknown": true });
});

test("a list of typed lists stays", () => {
  const typed = { type: "array", items: { type: "array", items: { type: "number" } } };
  expect(repairSchema(arrayOfArray, structuredClone(typed))).toEqual({ schema: typed, repairs: 0 });
});

test("strings whose example shows objects become those objects, without the values", () => {
  const { schema, repairs } = repairSchema(arrayItems, {
    type: "array",
    items: { type: "string" },
    example: [{ name: "Rex", age: 3 }, { chip: true }],
  });
  expect(schema.items).toEqual({
    type: "object",
    properties: { name: { type: "string" }, age: { type: "number" }, chip: { type: "boolean" } },
    additionalProperties: true,
  });
  expect(repairs).toBe(1);
});

test("mixed items become alternatives", () => {
  expect(repairSchema(arrayItems, { type: "array", items: { type: "string" }, example: [1, "a"] }).schema.items).toEqual({
    anyOf: [{ type: "number" }, { type: "string" }],
  });
});

test("a list of an enum stays, whatever its example", () => {
  const { repairs } = repairSchema(arrayItems, { type: "array", items: { type: "string", enum: ["a"] }, example: [1] });
  expect(repairs).toBe(0);
});

test("a list without items has unknown items", () => {
  expect(repairSchema(arrayItems, { type: "array" })).toEqual({ schema: { type: "array", items: { "x-unknown": true } }, repairs: 1 });
});
