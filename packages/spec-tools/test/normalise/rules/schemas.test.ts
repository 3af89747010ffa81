import { expect, test } from "vitest";
import { defaultContradicts } from "../../../src/normalise/rules/defaults.ts";
import { enumDuplicates, enumNested, enumType } from "../../../src/normalise/rules/enums.ts";
import { nullable } from "../../../src/normalise/rules/nullable.ts";
import { objectOpen, objectShape, objectToScalar } from "../../../src/normalise/rules/objects.ts";
import { oneOf } from "../../../src/normalise/rules/one-of.ts";
import { requiredAbsent } from "../../../src/normalise/rules/required-absent.ts";
import { nullExample, numberToString, stringToStructure } from "../../../src/normalise/rules/scalars.ts";
import { strayKeywords } from "../../../src/normalise/rules/stray-keywords.ts";
import { untyped } from "../../../src/normalise/rules/untyped.ts";
import { repairParameter, repairSchema } from "../rule-fixture.ts";

test("keywords that a schema cannot have are dropped", () => {
  expect(repairSchema(strayKeywords, { type: "string", schema: { type: "string" }, examples: ["a"] })).toEqual({
    schema: { type: "string" },
    repairs: 2,
  });
});

test("a nested enum is flattened, a doubled value dropped, a wrong type corrected", () => {
  expect(repairSchema(enumNested, { enum: [["a", "b"]] }).schema.enum).toEqual(["a", "b"]);
  expect(repairSchema(enumDuplicates, { enum: ["a", "b", "a"] }).schema.enum).toEqual(["a", "b"]);
  expect(repairSchema(enumType, { type: "number", enum: ["a"] }).schema.type).toBe("string");
  expect(repairSchema(enumType, { type: "number", enum: [1, 2] }).repairs).toBe(0);
});

test("a bare object whose enum, default or example is a word is that word's type", () => {
  expect(repairSchema(objectToScalar, { type: "object", enum: ["on", "off"] }).schema).toEqual({ type: "string", enum: ["on", "off"] });
  expect(repairSchema(objectToScalar, { type: "object", example: 3 }).schema.type).toBe("number");
  expect(repairSchema(objectToScalar, { type: "object", properties: { a: {} }, example: "x" }).repairs).toBe(0);
});

test("an object written as program text is an object, not a word", () => {
  const { schema, repairs } = repairSchema(objectToScalar, { type: "object", example: "{ a: 1 }" });
  expect(schema.type).toBe("object");
  expect(repairs).toBe(0);
});

test("a bare object takes the fields of its example and stays open; ids as keys make a map", () => {
  expect(repairSchema(objectShape, { type: "object", example: { name: "Rex" } }).schema).toMatchObject({
    properties: { name: { type: "string" } },
    additionalProperties: true,
  });
  expect(repairSchema(objectShape, { type: "object", example: { "8f-1": "url" } }).schema.additionalProperties).toEqual({ type: "string" });
});

test("whatever is still bare is open", () => {
  expect(repairSchema(objectOpen, { type: "object", properties: {} })).toEqual({
    schema: { type: "object", additionalProperties: true },
    repairs: 1,
  });
  expect(repairSchema(objectOpen, { type: "object", additionalProperties: false }).repairs).toBe(0);
});

test("a schema without a type takes it from its fields, its example, or is unknown", () => {
  expect(repairSchema(untyped, { properties: { a: { type: "string" } } }).schema.type).toBe("object");
  expect(repairSchema(untyped, { example: [1] }).schema).toMatchObject({ type: "array", items: { type: "number" } });
  expect(repairSchema(untyped, { type: "any", description: "x" }).schema).toEqual({ "x-unknown": true });
  expect(repairSchema(untyped, { $ref: "#/components/schemas/Pet" }).repairs).toBe(0);
});

test("a string whose example is a structure takes its shape; an enum becomes a list of it", () => {
  expect(repairSchema(stringToStructure, { type: "string", example: ["a"] }).schema).toEqual({ type: "array", items: { type: "string" } });
  expect(repairSchema(stringToStructure, { type: "string", enum: ["a", "b"], example: ["a"] }).schema).toEqual({
    type: "array",
    items: { type: "string", enum: ["a", "b"] },
  });
  expect(repairSchema(stringToStructure, { type: "string", enum: ["a"], example: { A: "a" } }).repairs).toBe(0);
});

test("a number whose example is a word is a string, but not in a parameter, and not for a sentence", () => {
  expect(repairSchema(numberToString, { type: "number", example: "https://x.test" }).schema.type).toBe("string");
  expect(repairSchema(numberToString, { type: "number", example: "12" }).repairs).toBe(0);
  expect(repairSchema(numberToString, { type: "number", example: "How many there are" }).repairs).toBe(0);
  expect(repairParameter(numberToString, { name: "n", in: "query", schema: { type: "number", example: "abc" } }).repairs).toBe(0);
});

test("null in the example makes a field nullable", () => {
  expect(repairSchema(nullExample, { type: "string", example: null }).schema.nullable).toBe(true);
});

test("nullable is written as 3.1 wants it, null among the values of an enum", () => {
  expect(repairSchema(nullable, { type: "string", nullable: true }).schema).toEqual({ type: ["string", "null"] });
  expect(repairSchema(nullable, { type: "string", enum: ["a"], nullable: true }).schema.enum).toEqual(["a", null]);
  expect(repairSchema(nullable, { $ref: "#/components/schemas/Pet", nullable: true }).schema).toEqual({
    anyOf: [{ $ref: "#/components/schemas/Pet" }, { type: "null" }],
  });
  expect(repairSchema(nullable, { type: "string", nullable: false })).toEqual({ schema: { type: "string" }, repairs: 0 });
});

test("a default the field could not hold is dropped", () => {
  expect(repairSchema(defaultContradicts, { type: "number", default: "many" }).schema).toEqual({ type: "number" });
  expect(repairSchema(defaultContradicts, { type: "string", enum: ["a"], default: "b" }).repairs).toBe(1);
  expect(repairSchema(defaultContradicts, { type: "integer", default: 3 }).repairs).toBe(0);
});

test("a required field that is not there is dropped from the list", () => {
  const { schema } = repairSchema(requiredAbsent, { type: "object", required: ["a", "b"], properties: { a: { type: "string" } } });
  expect(schema.required).toEqual(["a"]);
});

test("oneOf without a discriminator becomes anyOf", () => {
  expect(repairSchema(oneOf, { oneOf: [{ type: "string" }] }).schema).toEqual({ anyOf: [{ type: "string" }] });
});
