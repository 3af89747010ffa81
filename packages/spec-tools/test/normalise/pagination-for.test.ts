import { expect, test } from "vitest";
import { paginationFor } from "../../src/normalise/pagination-for.ts";
import type { SourceSchema } from "../../src/normalise/source-document.ts";
import { documentOf, operationOf } from "./rule-fixture.ts";

const v2 = { style: "page", in: "query", size: "pageSize", cursor: ["page"], items: "pets" };
const current = { ...v2, items: "data.pets" };
const list = { type: "array", items: { type: "string" } };
const paged = (properties: Record<string, SourceSchema>) =>
  operationOf({
    parameters: ["page", "pageSize"].map((name) => ({ name, in: "query", schema: { type: "number" } })),
    responses: { "200": { content: { "application/json": { schema: { type: "object", properties } } } } },
  });

test("the candidate whose items are in the answer is taken", () => {
  expect(paginationFor(documentOf({}), paged({ pets: list }), [current, v2])).toBe(v2);
  expect(paginationFor(documentOf({}), paged({ data: { type: "object", properties: { pets: list } } }), [current, v2])).toBe(current);
});

test("a candidate whose parameters the operation does not have is none", () => {
  expect(paginationFor(documentOf({}), operationOf(), [v2])).toBeUndefined();
});
