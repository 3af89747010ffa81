import { describe, expect, test } from "vitest";
import { compareContracts } from "../../src/diff/compare-contracts.ts";
import { diffText } from "../../src/diff/diff-text.ts";
import { compareSchemas } from "../../src/diff/compare-schemas.ts";
import type { OpenApiDocument, Schema } from "../../src/generate/document.ts";

type Bent = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- documents that tests bend

const pets = (): Bent => ({
  info: { title: "pets", version: "v3" },
  paths: {
    "/pets": {
      post: {
        operationId: "pets.create",
        "x-version": "v3",
        "x-scopes": ["pets.write"],
        security: [{ location: [] }],
        parameters: [{ name: "notify", in: "query", schema: { type: "boolean" } }],
        requestBody: { required: true, content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
        responses: { "201": { content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } } },
      },
    },
  },
  components: {
    schemas: {
      Pet: { type: "object", required: ["name"], properties: { name: { type: "string" }, kind: { type: "string", enum: ["dog", "cat"] } } },
    },
  },
});

const compare = (before: Bent, after: Bent) => {
  const side = (document: Bent) => ({ v3: new Map([["pets", document as unknown as OpenApiDocument]]), v2: new Map() });
  return compareContracts(side(before), side(after));
};

const changed = (change: (document: Bent, operation: Bent, pet: Bent) => void) => {
  const after = pets();
  change(after, after["paths"]["/pets"].post, after["components"].schemas.Pet);
  return compare(pets(), after);
};

test("a field that only answers have changes no request", () => {
  const { operations } = changed((_document, _operation, pet) => (pet["properties"].seen = { type: "string", "x-answers-only": true }));
  expect(operations.flatMap(({ changes }) => changes.map(({ place }) => place))).toEqual(["answer.seen"]);
});

test("the same contract differs in nothing, whatever its components are called", () => {
  const after = pets();
  after["components"].schemas = { Animal: after["components"].schemas.Pet };
  const ref = { $ref: "#/components/schemas/Animal" };
  after["paths"]["/pets"].post.requestBody.content["application/json"].schema = ref;
  after["paths"]["/pets"].post.responses["201"].content["application/json"].schema = ref;
  expect(compare(pets(), after).operations).toEqual([]);
  expect(diffText(compare(pets(), after))).toBe("Nothing changed.\n");
});

describe("breaks", () => {
  const cases: [string, (document: Bent, operation: Bent, pet: Bent) => void, string][] = [
    ["a removed field", (_, __, pet) => delete pet["properties"].kind, "removed request.kind"],
    ["a field that is required now", (_, __, pet) => pet["required"].push("kind"), "changed request.kind"],
    ["another type", (_, __, pet) => (pet["properties"].name.type = "number"), "changed request.name"],
    ["an enum value that is refused now", (_, __, pet) => (pet["properties"].kind.enum = ["dog"]), "removed request.kind"],
    ["a removed parameter", (_, operation) => (operation["parameters"] = []), "removed query notify"],
    [
      "a new required parameter",
      (_, operation) => operation["parameters"].push({ name: "q", in: "query", required: true, schema: {} }),
      "added query q",
    ],
    ["another version", (_, operation) => (operation["x-version"] = "v4"), "changed version"],
    ["a scope on top", (_, operation) => operation["x-scopes"].push("pets.admin"), "added scope"],
    ["a token kind less", (_, operation) => (operation["security"] = [{ agency: [] }]), "removed token"],
    [
      "an answer of which nothing is known any more",
      (_, operation) => (operation["responses"]["201"].content["application/json"].schema = { "x-unknown": true }),
      "changed answer",
    ],
  ];
  test.each(cases)("%s", (_, change, found) => {
    const diff = changed(change);
    expect(diff.breaking).toBe(true);
    const breaking = diff.operations.flatMap((one) =>
      one.changes.filter((each) => each.breaking).map((each) => `${each.kind} ${each.place}`),
    );
    expect(breaking).toContain(found);
  });
});

describe("does not break", () => {
  const cases: [string, (document: Bent, operation: Bent, pet: Bent) => void][] = [
    ["a new optional field", (_, __, pet) => (pet["properties"].age = { type: "number" })],
    ["a new optional parameter", (_, operation) => operation["parameters"].push({ name: "q", in: "query", schema: {} })],
    ["an enum value more", (_, __, pet) => pet["properties"].kind.enum.push("fish")],
    ["a field that is optional now", (_, __, pet) => (pet["required"] = [])],
    ["a parameter that takes more types", (_, operation) => (operation["parameters"][0].schema.type = ["boolean", "string"])],
    ["a deprecation", (_, operation) => (operation["deprecated"] = true)],
    ["another error", (_, operation) => (operation["responses"]["404"] = {})],
    ["another way to page", (_, operation) => (operation["x-pagination"] = { style: "page" })],
  ];
  test.each(cases)("%s", (_, change) => {
    const diff = changed(change);
    expect(diff.operations).toHaveLength(1);
    expect(diff.breaking).toBe(false);
  });
});

test("operations are added, removed, or renamed by the style of their path", () => {
  const after = pets();
  after["paths"] = { "/Pets": after["paths"]["/pets"], "/toys": { get: { operationId: "toys.list", responses: {} } } };
  const before = pets();
  before["paths"]["/old"] = { get: { operationId: "pets.old", responses: {} } };
  const diff = compare(before, after);
  expect(diff.operations.map(({ id, status, breaking }) => [id, status, breaking])).toEqual([
    ["pets.create", "renamed", true],
    ["pets.old", "removed", true],
    ["toys.list", "added", false],
  ]);
  expect(diffText(diff)).toContain("1 added, 1 removed, 1 renamed; 2 of them break.");
});

test("a schema that holds itself ends", () => {
  const recursive = pets();
  recursive["components"].schemas.Pet.properties.mother = { $ref: "#/components/schemas/Pet" };
  expect(compare(recursive, structuredClone(recursive)).operations).toEqual([]);
});

describe("what is easily overlooked breaks", () => {
  const text = { type: "string" };
  const cases: readonly (readonly [string, Schema, Schema, "request" | "answer"])[] = [
    [
      "a field required beside alternatives",
      { type: "object", properties: { a: text, b: text }, anyOf: [{ required: ["b"] }] },
      { type: "object", required: ["a"], properties: { a: text, b: text }, anyOf: [{ required: ["b"] }] },
      "request",
    ],
    [
      "members of a combination that disagree",
      { type: "object", properties: { a: text } },
      { allOf: [{ properties: { a: { type: "string", enum: ["x"] } } }, { properties: { a: text } }] },
      "request",
    ],
    [
      "a named field that did not fit the others",
      { type: "object", additionalProperties: text },
      { type: "object", properties: { x: { type: "integer" } }, additionalProperties: text },
      "request",
    ],
    [
      "an index signature that named fields do not fit",
      { type: "object", properties: { a: { type: "integer" } } },
      { type: "object", properties: { a: { type: "integer" } }, additionalProperties: text },
      "request",
    ],
    ["values of another type than stated", text, { type: "string", enum: [1, 2] }, "answer"],
    ["a constant among the values", { type: "string", enum: ["a", "b"] }, { type: "string", enum: ["a", "b"], const: "a" }, "request"],
  ];
  test.each(cases)("%s", (_, before, after, direction) => {
    expect(compareSchemas(before, after, direction, "x").some(({ breaking }) => breaking)).toBe(true);
  });
});

test("a type that widens is compared by its content as well", () => {
  const compare = (before: Schema, after: Schema): boolean[] =>
    compareSchemas(before, after, "request", "x").map(({ breaking }) => breaking);
  expect(compare({ type: "integer", enum: [1] }, { type: "number", enum: [1, 2] })).toEqual([false, false]);
  expect(compare({ type: "integer", maximum: 9 }, { type: "number", maximum: 5 })).toEqual([false, true]);
});
