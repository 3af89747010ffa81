import { describe, expect, test } from "vitest";
import { packagedContract, type Generation } from "../../src/contract/contract-source.ts";
import { sampleValue } from "../../src/sample/sample-value.ts";
import { answerCheck } from "../open-validator.ts";

const context = { seed: "test", known: {}, nowIso: "2026-11-01T10:00:00.000Z" };

describe.each<Generation>(["v3", "v2"])("samples of %s", (generation) => {
  test("fit the answer schema of every operation, twice the same", { timeout: 300_000 }, async () => {
    const operations = packagedContract.operations(generation);
    expect(operations.length).toBeGreaterThan(500);
    const findings: string[] = [];
    for (const operation of operations) {
      const document = await packagedContract.document(generation, operation.id);
      const check = await answerCheck(generation, operation);
      const { schema } = check.success;
      if (document === undefined || schema === undefined) continue;
      const seeded = { ...context, seed: operation.id };
      const value = sampleValue(schema, document, seeded);
      findings.push(...check.findings(value).map((finding) => `${operation.id}: ${finding}`));
      expect(sampleValue(schema, document, seeded)).toEqual(value);
    }
    expect(findings).toEqual([]);
  });
});

const document = { openapi: "3.1.0", info: { title: "", version: "" }, paths: {}, components: { schemas: {} } };

test("schemas that contain themselves come to an end", () => {
  const tree = {
    type: "object",
    required: ["name", "children"],
    properties: {
      name: { type: "string" },
      children: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
      parent: { $ref: "#/components/schemas/Tree" },
    },
  };
  const value = sampleValue({ $ref: "#/components/schemas/Tree" }, { ...document, components: { schemas: { Tree: tree } } }, context);
  expect(value).toEqual({ name: "Sample name", children: [] });
});

test("names of the request are taken over", () => {
  const schema = { type: "object", properties: { locationId: { type: "string" }, status: { enum: ["open", "won"] } } };
  expect(sampleValue(schema, document, { ...context, known: { locationId: "here" } })).toEqual({ locationId: "here", status: "open" });
});
