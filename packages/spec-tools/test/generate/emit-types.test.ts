import { expect, test } from "vitest";
import { emitTypes } from "../../src/generate/emit-types.ts";

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
