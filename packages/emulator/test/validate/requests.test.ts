import { describe, expect, test } from "vitest";
import { createTestClient } from "../test-client.ts";

describe("requests are held against the contract", () => {
  const { call, emulator } = createTestClient();
  const { locationId, pipelineId } = emulator.seed;

  test("the body of a 422", async () => {
    const { status, body } = await call("PUT", "/contacts/x", { body: { locationId, firstName: 1 } });
    expect(status).toBe(422);
    expect(body).toEqual({
      statusCode: 422,
      message: ["property locationId should not exist", "firstName must be a string"],
      error: "Unprocessable Entity",
      traceId: expect.any(String),
    });
  });

  test("query: required, enum, numbers as text, largest page, unknown", async () => {
    const at = `/opportunities/search?locationId=${locationId}`;
    expect((await call("GET", "/opportunities/search")).body.message).toEqual(["locationId should not be empty"]);
    expect((await call("GET", `${at}&status=gone`)).body.message[0]).toMatch(/^status must be one of the following values: open, won/);
    expect((await call("GET", `${at}&limit=20`)).status).toBe(200);
    expect((await call("GET", `${at}&limit=many`)).body.message).toEqual([
      "limit must be a number conforming to the specified constraints",
    ]);
    expect((await call("GET", `/contacts/?locationId=${locationId}&limit=101`, { version: "2021-07-28" })).body.message).toEqual([
      "limit must not be greater than 100",
    ]);
    expect((await call("GET", `${at}&colour=red`)).body.message).toEqual(["property colour should not exist"]);
    const lax = createTestClient({ unknownQuery: "ignore" });
    expect((await lax.call("GET", `${at}&colour=red`)).status).toBe(200);
  });

  test("an absent body misses everything that is required", async () => {
    expect((await call("POST", "/opportunities/")).body.message).toEqual(
      expect.arrayContaining(["pipelineId should not be empty", "name should not be empty", "contactId should not be empty"]),
    );
  });

  test("a required id that is empty is missed, in body and query", async () => {
    const { status, body } = await call("POST", "/calendars/", { body: { locationId: "", name: "Advice" } });
    expect([status, body.message]).toEqual([422, ["locationId should not be empty"]]);
    expect((await call("POST", "/products/", { body: { locationId: "", name: "P", productType: "DIGITAL" } })).status).toBe(422);
    expect((await call("GET", "/calendars/?locationId=")).body.message).toEqual(["locationId should not be empty"]);
  });

  test("a body that is no JSON is 400", async () => {
    const headers = { version: "v3", authorization: `Bearer ${emulator.seed.tokens.location}`, "content-type": "application/json" };
    const response = await emulator.fetch(new Request("http://emulator.test/contacts/", { method: "POST", headers, body: "{" }));
    expect(response.status).toBe(400);
  });

  test("each generation spells in its own way", async () => {
    const id = emulator.seed.customFieldIds["opportunity.referrer"];
    const body = (key: string): object => ({
      locationId,
      pipelineId,
      name: "D",
      status: "open",
      contactId: "x",
      customFields: [{ id, [key]: "v" }],
    });
    const statuses = async (key: string): Promise<number[]> => [
      (await call("POST", "/opportunities/", { body: body(key) })).status,
      (await call("POST", "/opportunities/", { body: body(key), version: "2021-07-28" })).status,
    ];
    // 400: the form is right, the contact is unknown.
    expect(await statuses("fieldValue")).toEqual([400, 422]);
    expect(await statuses("field_value")).toEqual([422, 400]);
  });

  test("what the documents ask for and the platform does not can be asked for", async () => {
    const strict = createTestClient({ requirements: "documented" });
    const body = { locationId: emulator.seed.locationId, firstName: "Ada", customFields: [{ key: "contact.pet_name", value: "plain" }] };
    expect((await call("POST", "/contacts/", { body })).status).toBe(201);
    expect((await strict.call("POST", "/contacts/", { body })).status).toBe(422);
  });
});
