import { expect, test } from "vitest";
import { commaEnum, commaList } from "../../../src/normalise/rules/comma-lists.ts";
import { pagingNumber } from "../../../src/normalise/rules/paging-number.ts";
import { parameterCombinator } from "../../../src/normalise/rules/parameter-combinator.ts";
import { parameterKeywords } from "../../../src/normalise/rules/parameter-keywords.ts";
import { pathParameterAdded, pathParameterRequired } from "../../../src/normalise/rules/path-parameters.ts";
import { templateTwins } from "../../../src/normalise/rules/template-twins.ts";
import { applyRule, documentOf, operationOf, repairParameter } from "../rule-fixture.ts";

test("a query list whose text says comma is joined, another repeats", () => {
  const list = { name: "fields", in: "query", schema: { type: "array", items: { type: "string" } } };
  expect(repairParameter(commaList, { ...list, description: "Comma separated" }).parameter.explode).toBe(false);
  expect(repairParameter(commaList, { ...list, description: "Several" })).toMatchObject({ repairs: 0 });
});

test("an enum that takes several values with commas becomes a list", () => {
  const schema = { type: "string", enum: ["a", "b"], example: "a,b" };
  expect(repairParameter(commaEnum, { name: "kind", in: "query", schema }).parameter).toEqual({
    name: "kind",
    in: "query",
    style: "form",
    explode: false,
    schema: { type: "array", items: { type: "string", enum: ["a", "b"] } },
  });
  expect(repairParameter(commaEnum, { name: "kind", in: "query", schema: { ...schema, example: "a" } }).repairs).toBe(0);
});

test("alternatives beside the schema move into it", () => {
  const { parameter } = repairParameter(parameterCombinator, {
    name: "after",
    in: "query",
    schema: { type: "any" },
    oneOf: [{ type: "number" }, { type: "string" }],
  });
  expect(parameter).toEqual({ name: "after", in: "query", schema: { anyOf: [{ type: "number" }, { type: "string" }] } });
});

test("a default beside the schema moves into it", () => {
  const { parameter, repairs } = repairParameter(parameterKeywords, {
    name: "all",
    in: "query",
    schema: { type: "boolean" },
    default: false,
  });
  expect(parameter).toEqual({ name: "all", in: "query", schema: { type: "boolean", default: false } });
  expect(repairs).toBe(1);
});

test("a page size typed as a string takes a number too, in a query; other strings do not", () => {
  const limit = { name: "limit", in: "query", schema: { type: "string" } };
  expect(repairParameter(pagingNumber, structuredClone(limit)).parameter.schema.type).toEqual(["string", "number"]);
  expect(repairParameter(pagingNumber, { ...limit, name: "query" }).repairs).toBe(0);
  expect(repairParameter(pagingNumber, { ...limit, schema: { type: "number" } }).repairs).toBe(0);
});

test("an undeclared path parameter is added, in the order of the path", () => {
  const operation = operationOf({ parameters: [{ name: "b", in: "path", required: true, schema: { type: "string" } }] });
  expect(applyRule(pathParameterAdded, documentOf({ "/x/{a}/{b}": { get: operation } }))).toBe(1);
  expect(operation.parameters?.[0]).toEqual({ name: "a", in: "path", required: true, schema: { type: "string" } });
});

test("a path parameter that is not in the path stops the run", () => {
  const operation = operationOf({ parameters: [{ name: "c", in: "path", required: true, schema: { type: "string" } }] });
  expect(() => applyRule(pathParameterAdded, documentOf({ "/x/{a}": { get: operation } }))).toThrow(
    'path parameter "c" is not in the path',
  );
});

test("a path parameter is required", () => {
  expect(
    repairParameter(pathParameterRequired, { name: "id", in: "path", required: false, schema: { type: "string" } }).parameter.required,
  ).toBe(true);
});

const withId = (name: string) => operationOf({ parameters: [{ name, in: "path", required: true, schema: { type: "string" } }] });

test("twin templates become one path under the specific name", () => {
  const document = documentOf({ "/pets/{id}": { put: withId("id") }, "/pets/{petId}": { get: withId("petId") } });
  expect(applyRule(templateTwins, document)).toBe(1);
  expect(Object.keys(document.paths)).toEqual(["/pets/{petId}"]);
  expect(document.paths["/pets/{petId}"]?.put?.parameters?.[0]?.name).toBe("petId");
});

test("two specific names become id; the same method twice stops the run", () => {
  const document = documentOf({ "/pets/{petId}": { get: withId("petId") }, "/pets/{dogId}": { put: withId("dogId") } });
  applyRule(templateTwins, document);
  expect(Object.keys(document.paths)).toEqual(["/pets/{id}"]);
  const twice = documentOf({ "/pets/{petId}": { get: withId("petId") }, "/pets/{dogId}": { get: withId("dogId") } });
  expect(() => applyRule(templateTwins, twice)).toThrow("stands twice in twin templates");
});
