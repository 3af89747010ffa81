import { expect, test } from "vitest";
import { createTestClient } from "../test-client.ts";

test("a mistyped path is answered as the platform does, and helped on in a header", async () => {
  const { call } = createTestClient();
  const { status, body, headers } = await call("GET", "/contact/RwrQx1NcEpM3WjXTnjee");
  expect([status, body]).toMatchObject([404, { statusCode: 404, message: "Cannot GET /contact/RwrQx1NcEpM3WjXTnjee", error: "Not Found" }]);
  expect(headers.get("x-emulator-nearest")).toContain("contacts.get GET /contacts/{contactId}");
  expect(headers.has("x-emulator-operation")).toBe(false);
});

test("a path of the other generation names where it went", async () => {
  const { call, emulator } = createTestClient();
  const { status, headers } = await call("GET", `/users/?locationId=${emulator.seed.locationId}`);
  expect(status).toBe(404);
  expect(headers.get("x-emulator-nearest")).toContain("users.");
});

test("an unknown path can answer as the platform's gateway sometimes does", async () => {
  const { call } = createTestClient({ unknownRoute: "unsupported" });
  expect(await call("GET", "/nowhere")).toMatchObject({ status: 401, body: { message: expect.stringContaining("IAM Service") } });
});
