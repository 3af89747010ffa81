import { expect, test } from "vitest";
import { commonReference } from "../../../src/normalise/rules/common-reference.ts";
import { localReferenceToCommon } from "../../../src/normalise/rules/local-reference-to-common.ts";
import { referenceSiblings } from "../../../src/normalise/rules/reference-siblings.ts";
import { singleAllOf } from "../../../src/normalise/rules/single-all-of.ts";
import { SpecStop } from "../../../src/normalise/spec-stop.ts";
import { applyRule, documentOf, noFacts, operationOf, repairSchema } from "../rule-fixture.ts";

const failure = { type: "object", properties: { message: { type: "string" } } };
const refers = (ref: string) =>
  documentOf({ "/pets": { get: operationOf({ responses: { "400": { content: { "application/json": { schema: { $ref: ref } } } } } }) } });

test("a reference to the shared file moves the schema in", () => {
  const document = refers("../common/common-schemas.json#/components/schemas/Failure");
  expect(applyRule(commonReference, document, noFacts, { Failure: failure })).toBe(1);
  expect(document.components.schemas["Failure"]).toEqual(failure);
  expect(document.paths["/pets"]?.get?.responses["400"]?.content?.["application/json"]?.schema).toEqual({
    $ref: "#/components/schemas/Failure",
  });
});

test("beside another schema of the same name the shared one steps aside", () => {
  const document = refers("../common/common-schemas.json#/components/schemas/Failure");
  document.components.schemas["Failure"] = { type: "string" };
  applyRule(commonReference, document, noFacts, { Failure: failure });
  expect(Object.keys(document.components.schemas)).toEqual(["Failure", "CommonFailure"]);
});

test("a reference no rule knows stops the run with its pointer", () => {
  const run = () => applyRule(commonReference, refers("./other.json#/components/schemas/Failure"), noFacts, { Failure: failure });
  expect(run).toThrow(SpecStop);
  expect(run).toThrow("pets.json#/paths/~1pets/get/responses/400/content/application~1json/schema: no rule for the reference");
});

test("a local reference that leads nowhere is found in the shared file, or stops the run", () => {
  const document = refers("#/components/schemas/Failure");
  expect(applyRule(localReferenceToCommon, document, noFacts, { Failure: failure })).toBe(1);
  expect(document.components.schemas["Failure"]).toEqual(failure);
  expect(() => applyRule(localReferenceToCommon, refers("#/components/schemas/Missing"), noFacts, {})).toThrow("leads nowhere");
});

test("keywords beside a reference are dropped", () => {
  expect(repairSchema(referenceSiblings, { $ref: "#/components/schemas/Other", type: "object", example: 1 })).toEqual({
    schema: { $ref: "#/components/schemas/Other" },
    repairs: 1,
  });
});

test("allOf with one member is unwrapped; nullable and deprecated stay", () => {
  const { schema } = repairSchema(singleAllOf, {
    allOf: [{ $ref: "#/components/schemas/Other" }],
    description: "x",
    nullable: true,
    deprecated: true,
  });
  expect(schema).toEqual({ $ref: "#/components/schemas/Other", nullable: true, deprecated: true });
});

test("allOf of two, or with fields of its own, stays", () => {
  const two = { allOf: [{ type: "object" }, { type: "object" }] };
  const own = { allOf: [{ $ref: "#/components/schemas/Other" }], properties: { a: { type: "string" } } };
  expect(repairSchema(singleAllOf, structuredClone(two))).toEqual({ schema: two, repairs: 0 });
  expect(repairSchema(singleAllOf, structuredClone(own))).toEqual({ schema: own, repairs: 0 });
});
