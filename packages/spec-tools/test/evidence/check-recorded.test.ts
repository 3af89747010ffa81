import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { checkRecorded } from "../../src/evidence/check-recorded.ts";
import { readRecordedAnswers, type RecordedType } from "../../src/evidence/recorded-answers.ts";
import type { OpenApiDocument, Schema } from "../../src/generate/document.ts";
import { loadContract } from "../../src/load/load-contract.ts";
import { temporaryFolder, writeFiles } from "../source-fixture.ts";

const openapi = join(fileURLToPath(new URL("../../../..", import.meta.url)), "openapi");

/** A contract with one operation, whose answer is the schema. */
function contractOf(schema: Schema, schemas: Readonly<Record<string, Schema>> = {}): OpenApiDocument {
  const operation = { operationId: "pets.get", responses: { "200": { content: { "application/json": { schema } } } } };
  return { info: { title: "pets", version: "v3" }, paths: { "/pets/": { get: operation } }, components: { schemas } };
}

function problems(
  schema: Schema,
  types: Readonly<Record<string, readonly RecordedType[]>>,
  schemas?: Readonly<Record<string, Schema>>,
): string[] {
  const answer = { file: "f", operation: "pets.get", recordings: 1, types: new Map(Object.entries(types)) };
  const contract = { v3: new Map([["pets", contractOf(schema, schemas)]]), v2: new Map() };
  return checkRecorded(contract, [answer]).map(({ place, problem }) => `${place}: ${problem}`);
}

const pet: Schema = {
  type: "object",
  "x-always": ["id"],
  properties: { id: { type: "string" }, age: { type: "number" }, tags: { type: "array", items: { type: "string" } } },
};
const answer: Schema = { type: "object", properties: { pets: { type: "array", items: { $ref: "#/components/schemas/Pet" } } } };
const inPets = (types: Readonly<Record<string, readonly RecordedType[]>>): string[] =>
  problems(answer, Object.fromEntries(Object.entries(types).map(([path, one]) => [`pets[].${path}`, one])), { Pet: pet });

describe("recorded answers against the contract", () => {
  test("a described answer has no finding", () => {
    expect(inPets({ id: ["string"], age: ["integer"], "tags[]": ["string"] })).toEqual([]);
    expect(inPets({ id: ["string"], "tags[]": ["empty-array"] })).toEqual([]);
  });

  test("a field that is not described is found", () => {
    expect(inPets({ id: ["string"], colour: ["string"] })).toEqual(["pets.get pets[].colour: v3: is not described (string)"]);
  });

  test("a type that is not described is found", () => {
    expect(inPets({ id: ["null", "string"] })).toEqual(["pets.get pets[].id: v3: null recorded, string described"]);
    expect(inPets({ id: ["string"], "tags[]": ["integer"] })).toEqual(["pets.get pets[].tags[]: v3: integer recorded, string described"]);
    expect(inPets({ id: ["string"], tags: ["empty-object"] })).toEqual([
      "pets.get pets[].tags: v3: empty-object recorded, array described",
    ]);
  });

  test("a field that is described as always there and was not recorded is found", () => {
    expect(inPets({ age: ["integer"] })).toEqual(['pets.get pets[]: v3: "id" is described as always there, and was not recorded']);
  });

  test("nothing follows from a list or record that was always empty", () => {
    expect(problems(answer, { "pets[]": ["empty-array"] }, { Pet: pet })).toEqual([]);
    expect(problems({ type: "object", properties: { pet } }, { pet: ["empty-object"] })).toEqual([]);
  });

  test("of alternatives one has to describe what was recorded, and what one always has is not always there", () => {
    const either: Schema = { anyOf: [{ type: "object", "x-always": ["pet"], properties: { pet } }, pet] };
    expect(problems(either, { "pet.id": ["string"] })).toEqual([]);
    expect(problems(either, { id: ["string"] })).toEqual([]);
    expect(problems(either, { colour: ["string"] })).toEqual(["pets.get colour: v3: is not described (string)"]);
  });

  test("what allOf adds up is described and always there", () => {
    const whole: Schema = { allOf: [pet, { type: "object", properties: { owner: { type: "string" } } }] };
    expect(problems(whole, { id: ["string"], owner: ["string"] })).toEqual([]);
    expect(problems(whole, { owner: ["string"] })).toEqual(['pets.get: v3: "id" is described as always there, and was not recorded']);
  });

  test("an open record describes every field, an undescribed answer none", () => {
    expect(problems({ type: "object", additionalProperties: { type: "string" } }, { a: ["string"] })).toEqual([]);
    expect(problems({ type: "object", additionalProperties: { type: "string" } }, { a: ["integer"] })).toHaveLength(1);
    expect(problems({ "x-unknown": true }, { a: ["string"] })).toEqual(["pets.get: v3: nothing is described here"]);
    expect(problems({ type: "object", properties: { a: { "x-unknown": true } } }, { a: ["null"] })).toEqual([]);
  });

  test("a recording of an operation that the contract does not have is found", () => {
    const stray = { file: "f", operation: "pets.walk", recordings: 1, types: new Map() };
    expect(checkRecorded({ v3: new Map(), v2: new Map() }, [stray])).toEqual([
      { file: "f", place: "pets.walk", problem: "is no operation of the contract" },
    ]);
  });
});

test("evidence in words that are no recorded type is refused with file and pointer", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, { "a.json": { operations: { "pets.get": { recordings: 1, answer: { "pet.id": "text" } } } } });
  await expect(readRecordedAnswers(folder)).rejects.toThrow(
    'openapi/evidence/a.json#/operations/pets.get/answer/pet.id: "text" is no recorded type',
  );
});

test("the contract describes every answer that was recorded live", async () => {
  const answers = await readRecordedAnswers(join(openapi, "evidence"));
  expect(answers.length).toBeGreaterThan(50);
  expect(checkRecorded(await loadContract(openapi), answers)).toEqual([]);
}, 300_000);
