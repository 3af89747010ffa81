import { expect, test } from "vitest";
import type { OpenApiDocument } from "../../src/contract/contract-source.ts";
import type { Schema } from "../../src/contract/open-api.ts";
import { project } from "../../src/resources/project.ts";

const document = { paths: {}, components: { schemas: {} } } as unknown as OpenApiDocument;
const show = (schema: Schema, value: unknown): unknown => project(schema, value, { document, nowIso: "2026-01-01T00:00:00.000Z" });
const text: Schema = { type: "string" };

test("what the schema does not name is left out, what answers always have is filled in", () => {
  const schema: Schema = {
    type: "object",
    properties: { name: text, note: text, tags: { type: "array", items: text }, kind: { type: "string", enum: ["a", "b"] } },
    required: ["name", "tags"],
    "x-always": ["name", "tags", "kind"],
  };
  expect(show(schema, { name: "A", secret: 1 })).toEqual({ name: "A", tags: [], kind: "a" });
});

test("an object without described properties is shown as it is", () => {
  expect(show({ type: "object", properties: { meta: { type: "object" } } }, { meta: { a: { b: 1 } } })).toEqual({ meta: { a: { b: 1 } } });
});

test("numbers, texts and days take the described form", () => {
  const properties = { count: text, size: { type: "number" }, day: { type: "string", format: "date-time" } };
  expect(show({ type: "object", properties }, { count: 3, size: "4", day: "2026-02-03" })).toEqual({
    count: "3",
    size: 4,
    day: "2026-02-03T00:00:00.000Z",
  });
});

test("of several alternatives the one whose closed values fit is taken", () => {
  const alternative = (kind: string, name: string): Schema => ({
    type: "object",
    properties: { kind: { type: "string", enum: [kind] }, [name]: text },
    required: ["kind"],
  });
  const schema: Schema = { oneOf: [alternative("mail", "subject"), alternative("sms", "body")] };
  expect(show(schema, { kind: "sms", subject: "no", body: "yes" })).toEqual({ kind: "sms", body: "yes" });
});

test("a text where an object is described is left out", () => {
  expect(show({ type: "object", properties: { goal: { type: "object", properties: { id: text } } } }, { goal: "sell" })).toEqual({});
});
