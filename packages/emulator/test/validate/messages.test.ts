import { describe, expect, test } from "vitest";
import { closeSchema } from "../../src/validate/closed-schema.ts";
import { describeErrors } from "../../src/validate/messages.ts";
import { compileSchema } from "../../src/validate/validator.ts";
import type { OpenApiDocument } from "../../src/contract/contract-source.ts";
import type { Schema } from "../../src/contract/open-api.ts";

const document: OpenApiDocument = {
  openapi: "3.1.0",
  info: { title: "", version: "" },
  paths: {},
  components: {
    schemas: {
      Named: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
      Tree: { type: "object", properties: { child: { $ref: "#/components/schemas/Tree" }, name: { type: "string" } } },
    },
  },
};

async function messages(schema: Schema, value: unknown): Promise<readonly string[]> {
  const validate = await compileSchema(closeSchema(schema, document));
  return describeErrors(validate(value));
}

describe("findings read like class-validator's", () => {
  test.each<[string, Schema, unknown, string[]]>([
    ["unknown property", { type: "object", properties: { a: { type: "string" } } }, { b: 1 }, ["property b should not exist"]],
    ["missing", { type: "object", required: ["a"], properties: { a: { type: "string" } } }, {}, ["a should not be empty"]],
    ["string", { type: "object", properties: { a: { type: "string" } } }, { a: 1 }, ["a must be a string"]],
    [
      "number",
      { type: "object", properties: { a: { type: "number" } } },
      { a: "x" },
      ["a must be a number conforming to the specified constraints"],
    ],
    ["boolean", { type: "object", properties: { a: { type: "boolean" } } }, { a: "true" }, ["a must be a boolean value"]],
    [
      "enum",
      { type: "object", properties: { a: { type: "string", enum: ["x", "y"] } } },
      { a: "z" },
      ["a must be one of the following values: x, y"],
    ],
    ["maximum", { type: "object", properties: { a: { type: "number", maximum: 100 } } }, { a: 101 }, ["a must not be greater than 100"]],
    ["list", { type: "object", properties: { a: { type: "array", items: { type: "string" } } } }, { a: "x" }, ["a must be an array"]],
    [
      "element",
      { type: "object", properties: { a: { type: "array", items: { type: "string" } } } },
      { a: [1] },
      ["each value in a must be a string"],
    ],
    [
      "nested",
      { type: "object", properties: { a: { $ref: "#/components/schemas/Named" } } },
      { a: { x: 1 } },
      ["a.name should not be empty", "a.property x should not exist"],
    ],
    [
      "null for what is optional",
      { type: "object", properties: { a: { type: "string" }, b: { type: "string", enum: ["x"] } } },
      { a: null, b: null },
      [],
    ],
    [
      "null for what is required",
      { type: "object", required: ["a"], properties: { a: { type: "string" } } },
      { a: null },
      ["a must be a string"],
    ],
    ["open object", { type: "object" }, { anything: 1 }, []],
    ["recursive", { $ref: "#/components/schemas/Tree" }, { child: { child: { name: 3 } } }, ["child.child.name must be a string"]],
    [
      "members of allOf together",
      { allOf: [{ $ref: "#/components/schemas/Named" }, { type: "object", properties: { age: { type: "number" } } }] },
      { name: "a", age: 1, more: 2 },
      ["property more should not exist"],
    ],
    [
      "the closest alternative",
      { type: "object", properties: { a: { oneOf: [{ type: "number" }, { $ref: "#/components/schemas/Named" }] } } },
      { a: { name: "x", y: 1 } },
      ["a.property y should not exist"],
    ],
  ])("%s", async (_, schema, value, expected) => {
    expect([...(await messages(schema, value))].toSorted()).toEqual(expected.toSorted());
  });
});
