import { expect, test } from "vitest";
import { emitTypes } from "../../src/generate/emit-types.ts";
import { openMarker } from "../../src/generate/open-enums.ts";
import { asReceived } from "../../src/generate/received-schema.ts";

const contact = { type: "object", properties: { id: { type: "string" } } };

test("v2 refers to a type of v3 that means the same, and writes out what differs", async () => {
  const v3 = { module: "../v3/contacts.ts", schemas: { Contact: contact, Note: { type: "string" } } };
  const text = await emitTypes({ schemas: { Contact: contact, Note: { type: "number" } }, named: ["Contact", "Note"], operations: [] }, v3);
  expect(text).toBe(`import type { components as V3 } from "../v3/contacts.ts";

export interface components {
    schemas: {
        Contact: V3["schemas"]["Contact"];
        Note: number;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Contact = components["schemas"]["Contact"];
export type Note = components["schemas"]["Note"];
`);
});

test("enums of answers take every other text: in fields, lists and alternatives, beside null; those of requests and of numbers do not", async () => {
  const kind = { type: "string", enum: ["cat", "dog"] };
  const properties = {
    field: kind,
    list: { type: "array", items: kind },
    either: { anyOf: [{ type: "number" }, kind] },
    orNull: { type: ["string", "null"], enum: ["cat", null] },
    count: { type: "number", enum: [1, 2] },
  };
  const schema = { type: "object", properties };
  const text = await emitTypes({ schemas: { Received: asReceived(schema), Sent: schema }, named: [], operations: [] });
  const [received = "", sent = ""] = text.split("Sent: {");
  expect(received).toContain('field?: "cat" | "dog" | (string & {});');
  expect(received).toContain('list?: ("cat" | "dog" | (string & {}))[];');
  expect(received).toContain('either?: number | ("cat" | "dog" | (string & {}));');
  expect(received).toMatch(/orNull\?: "cat" \| .*\(string & \{\}\)/);
  expect(received).toMatch(/orNull\?: .*null/);
  expect(received).toContain("count?: 1 | 2;");
  expect(sent).toContain('list?: ("cat" | "dog")[];');
  expect(text).not.toContain(openMarker);
});
