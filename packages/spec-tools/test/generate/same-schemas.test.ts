import { expect, test } from "vitest";
import type { Schema } from "../../src/generate/document.ts";
import { equalSchemas, sameSchemas } from "../../src/generate/same-schemas.ts";

const text = { type: "string" };
const refersTo = (name: string): Schema => ({ type: "object", properties: { field: { $ref: `#/components/schemas/${name}` } } });

test("schemas that lead to one that differs are equal, and do not mean the same", () => {
  const one = { Leaf: text, Middle: refersTo("Leaf"), Top: refersTo("Middle"), Alone: text };
  const other = { Leaf: { type: "number" }, Middle: refersTo("Leaf"), Top: refersTo("Middle"), Alone: text };
  expect(equalSchemas(one, other)).toEqual(["Middle", "Top", "Alone"]);
  expect(sameSchemas(one, other)).toEqual(["Alone"]);
});

test("schemas that refer to themselves and to each other mean the same", () => {
  const schemas = { Tree: refersTo("Tree"), A: refersTo("B"), B: refersTo("A") };
  expect(sameSchemas(schemas, structuredClone(schemas))).toEqual(["Tree", "A", "B"]);
});

test("a schema that the other document lacks is not the same", () => {
  expect(sameSchemas({ Only: text, Both: refersTo("Only") }, { Both: refersTo("Only") })).toEqual([]);
});
