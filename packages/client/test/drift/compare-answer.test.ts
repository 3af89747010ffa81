import { describe, expect, it } from "vitest";
import { compareAnswer } from "../../src/drift/compare-answer.ts";

const schemas = {
  Contact: {
    type: "object",
    properties: {
      id: { type: "string" },
      tags: { type: "array", items: { type: "string" } },
      type: { type: "string", enum: ["lead", "customer"] },
    },
    "x-always": ["id"],
  },
};
const answer = {
  type: "object",
  properties: { contacts: { type: "array", items: { $ref: "#/components/schemas/Contact" } }, total: { type: ["integer", "null"] } },
};

describe("compareAnswer", () => {
  it("finds nothing where the answer is as the contract says, null and traceId allowed", () => {
    expect(compareAnswer(schemas, answer, { contacts: [{ id: "1", tags: null, type: "lead" }], total: 1, traceId: "t" })).toEqual([]);
  });

  it("reports unknown fields, types, enum values and missing fields, each place once", () => {
    const found = compareAnswer(schemas, answer, { contacts: [{ id: 1, type: "new" }, { id: 2, tags: [3], extra: 1 }, {}], total: "9" });
    expect(found.map(({ kind, path }) => `${kind} ${path}`).toSorted()).toEqual([
      "enum value contacts[].type",
      "missing field contacts[].id",
      "type contacts[].id",
      "type contacts[].tags[]",
      "type total",
      "unknown field contacts[].extra",
    ]);
  });

  it("takes any of several schemas, and compares with the closest one", () => {
    const union = {
      anyOf: [
        { type: "object", properties: { a: { type: "string" } } },
        { type: "object", properties: { b: { type: "number" }, c: { type: "string" } } },
      ],
    };
    expect(compareAnswer({}, union, { b: 1 })).toEqual([]);
    expect(compareAnswer({}, union, { b: "1", c: "x" })).toMatchObject([{ kind: "type", path: "b" }]);
  });

  it("compares with the alternative of the same kind, however many fields of it are wrong", () => {
    const orNull = { anyOf: [{ type: "null" }, { $ref: "#/x/Contact" }, { type: "string" }] };
    expect(compareAnswer(schemas, orNull, { id: 1, tags: [3], extra: 1 })).toMatchObject([
      { path: "id", expected: "string", actual: "number" },
      { path: "tags[]", expected: "string", actual: "number" },
      { path: "extra", kind: "unknown field" },
    ]);
    expect(compareAnswer(schemas, orNull, 5)).toMatchObject([{ kind: "type", path: "", actual: "number" }]);
  });

  it("takes open objects as they are, and the parts of allOf together", () => {
    expect(compareAnswer({}, { type: "object", properties: { a: {} }, additionalProperties: true }, { x: 1 })).toEqual([]);
    expect(
      compareAnswer(schemas, { allOf: [{ $ref: "#/x/Contact" }, { properties: { extra: { type: "number" } } }] }, { id: "1", extra: 2 }),
    ).toEqual([]);
  });
});
