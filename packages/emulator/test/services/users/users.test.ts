import { expect, test } from "vitest";
import { createTestClient } from "../../test-client.ts";

const { call, emulator } = createTestClient();
const { companyId, tokens, users, locationId } = emulator.seed;

test("a location sees its own users, the agency all", async () => {
  const count = async (token: string): Promise<number> => (await call("GET", `/users/search?companyId=${companyId}`, { token })).body.count;
  expect([await count(tokens.location), await count(tokens.agency)]).toEqual([3, 4]);
  expect((await call("GET", `/users/${users.secondLocation}`)).status).toBe(403);
  expect((await call("GET", `/users/${users.secondLocation}`, { token: tokens.agency })).status).toBe(200);
});

test("search and its static path do not fall for the parameter of the other", async () => {
  const { headers } = await call("GET", `/users/search?companyId=${companyId}&query=milo`);
  expect(headers.get("x-emulator-operation")).toBe("users.search");
});

test("an address belongs to one user", async () => {
  const body = {
    companyId,
    firstName: "A",
    lastName: "B",
    email: "ada@agency.example",
    password: "x",
    type: "account",
    role: "user",
    locationIds: [locationId],
  };
  expect((await call("POST", "/users/", { body, token: tokens.agency })).status).toBe(400);
  expect((await call("POST", "/users/", { body: { ...body, email: "new@agency.example" }, token: tokens.agency })).status).toBe(201);
});
