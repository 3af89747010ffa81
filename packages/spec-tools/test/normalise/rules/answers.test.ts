import { expect, test } from "vitest";
import { bodyWithoutSchema } from "../../../src/normalise/rules/bodies.ts";
import { responseMediaType, responseUnknown } from "../../../src/normalise/rules/responses.ts";
import { applyRule, documentOf, operationOf } from "../rule-fixture.ts";

test("an answer that is not described is unknown; a 204 has none", () => {
  const operation = operationOf({ responses: { "200": { description: "Fine" }, "204": { description: "Gone" } } });
  expect(applyRule(responseUnknown, documentOf({ "/pets": { get: operation } }))).toBe(1);
  expect(operation.responses["200"]?.content).toEqual({ "application/json": { schema: { "x-unknown": true } } });
  expect(operation.responses["204"]?.content).toBeUndefined();
});

test("the media type of a recording stands in a header", () => {
  const operation = operationOf({ responses: { "200": { headers: { "Content-Type": { description: "audio/x-wav" } } } } });
  expect(applyRule(responseMediaType, documentOf({ "/pets": { get: operation } }))).toBe(1);
  expect(operation.responses["200"]?.content).toEqual({ "audio/x-wav": { schema: { type: "string", format: "binary" } } });
});

test("a body of which only the media type is known is an open object", () => {
  const operation = operationOf({ requestBody: { content: { "multipart/form-data": {} } } });
  applyRule(bodyWithoutSchema, documentOf({ "/pets": { post: operation } }));
  expect(operation.requestBody?.content["multipart/form-data"]?.schema).toEqual({ type: "object", additionalProperties: true });
});
