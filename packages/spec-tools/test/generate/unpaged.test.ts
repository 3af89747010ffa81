import { expect, test } from "vitest";
import type { OpenApiDocument } from "../../src/generate/document.ts";
import { typeDocument } from "../../src/generate/type-document.ts";
import { unpagedOperations } from "../../src/generate/unpaged.ts";

function listOf(schema: object): ReturnType<typeof typeDocument>["operations"] {
  const get = {
    operationId: "pets.list",
    parameters: [{ name: "limit", in: "query", schema: { type: "number" } }],
    responses: { "200": { content: { "application/json": { schema } } } },
  };
  return typeDocument({ info: { title: "pets", version: "v3" }, paths: { "/pets": { get } } } as unknown as OpenApiDocument).operations;
}

test("an operation with paging parameters and an unknown answer is listed with that reason", () => {
  expect(unpagedOperations(listOf({ "x-unknown": true }), new Map())).toMatchObject([
    { parameters: ["limit"], reason: "the answer is not described: where its items stand is not known" },
  ]);
});

test("one whose answer is described needs a reason, and its error says where to write it", () => {
  const operations = listOf({ type: "object", properties: { pets: { type: "array" } } });
  expect(() => unpagedOperations(operations, new Map())).toThrow("pets.list (GET /pets) takes limit and is not paged: page it in");
  expect(unpagedOperations(operations, new Map([["GET /pets", "it is short"]]))).toMatchObject([{ reason: "it is short" }]);
});
