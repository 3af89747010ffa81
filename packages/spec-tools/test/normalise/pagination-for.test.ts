import { expect, test } from "vitest";
import { paginationFor } from "../../src/normalise/pagination-for.ts";
import type { SourceSchema } from "../../src/normalise/source-document.ts";
import { documentOf, operationOf } from "./rule-fixture.ts";

const dated = { style: "page", in: "query", size: "pageSize", cursor: ["page"], items: "pets" };
const current = { ...dated, items: "data.pets" };
const list = { type: "array", items: { type: "string" } };
const paged = (properties: Record<string, SourceSchema>) =>
  operationOf({
    parameters: ["page", "pageSize"].map((name) => ({ name, in: "query", schema: { type: "number" } })),
    responses: { "200": { content: { "application/json": { schema: { type: "object", properties } } } } },
  });

test("the candidate whose items are in the answer is taken", () => {
  expect(paginationFor(documentOf({}), paged({ pets: list }), [current, dated])).toBe(dated);
  expect(paginationFor(documentOf({}), paged({ data: { type: "object", properties: { pets: list } } }), [current, dated])).toBe(current);
});

test("a candidate whose parameters the operation does not have is none", () => {
  expect(paginationFor(documentOf({}), operationOf(), [dated])).toBeUndefined();
});
