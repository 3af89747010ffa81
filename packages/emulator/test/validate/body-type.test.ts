import { expect, test } from "vitest";
import { createEmulator } from "../../src/index.ts";

const body = (locationId: string): string => JSON.stringify({ locationId, email: "ann@example.com" });

async function create(contentType: string | undefined, bodyType?: "json" | "any"): Promise<number> {
  const emulator = createEmulator(bodyType === undefined ? {} : { bodyType });
  const { locationId, tokens } = emulator.seed;
  const headers = new Headers({ Version: "v3", Authorization: `Bearer ${tokens.location}` });
  if (contentType !== undefined) headers.set("Content-Type", contentType);
  // Bytes: of a text a Request makes `text/plain`.
  const request = new Request("http://emulator.test/contacts/", {
    method: "POST",
    headers,
    body: new TextEncoder().encode(body(locationId)),
  });
  return (await emulator.fetch(request)).status;
}

test.each([
  ["application/json", 201],
  ["Application/JSON; charset=utf-8", 201],
  ["text/plain;charset=UTF-8", 422],
  ["application/vnd.api+json", 422],
  ["application/jsonp", 422],
  [undefined, 422],
])("JSON under %s answers %i", async (contentType, status) => {
  expect(await create(contentType)).toBe(status);
});

test("the switch reads it under any type", async () => {
  expect([await create("text/plain", "any"), await create(undefined, "any")]).toEqual([201, 201]);
});
