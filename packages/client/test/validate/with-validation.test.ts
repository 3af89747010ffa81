import { describe, expect, it } from "vitest";
import { isGhlError } from "@ghlkit/core";
import { createClient, type Client } from "../../src/index.ts";
import { createClient as createV2Client, type Client as V2Client } from "../../src/v2.ts";
import { withValidation, type ValidationEvent, type ValidationOptions } from "../../src/validate.ts";
import { calls } from "../generated/calls-v3.ts";
import { calls as v2Calls } from "../generated/calls-v2.ts";

const baseUrl = "https://platform.example";

function setUp(options: ValidationOptions = {}, answer: unknown = {}, status = 200) {
  const events: ValidationEvent[] = [];
  let sent = 0;
  const fetch = async () => {
    sent += 1;
    return new Response(JSON.stringify(answer), { status, headers: { "content-type": "application/json" } });
  };
  const layers = [withValidation({ onEvent: (event) => events.push(event), ...options })];
  const client = createClient({ baseUrl, fetch, layers });
  return { client, location: client.location("l1"), events, sent: () => sent };
}

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("withValidation and requests", () => {
  it("refuses what the contract does not know before it is sent, names the places, and quotes no value", async () => {
    const { location, events, sent } = setUp();
    const body = { email: 7, customFields: [{ id: "f1" }, "secret-value"] } as never;
    const error = await failureOf(location.contacts.create({ body }));
    if (!isGhlError(error, "invalid_request")) throw error;
    expect(error.message).toMatch(
      /^The request of contacts\.create is not what the contract says: body\.email is of type number instead of string/,
    );
    expect(error.message).toContain("body.customFields[1]");
    expect(error.message).not.toContain("secret-value");
    expect(error.operation).toBe("contacts.create");
    expect(events).toMatchObject([{ type: "invalid", side: "request", operation: "contacts.create" }]);
    expect(sent()).toBe(0);
  });

  it("quotes no number, however it is spelled", async () => {
    const { location, events } = setUp({ requests: "report", answers: "off" });
    for (const limit of [0.5, -1e-7, -1e21]) await location.calendars.searchSchedules({ userId: "u1", limit });
    expect(events.map(({ problems }) => problems.map(({ message }) => message))).toEqual([
      ["is less than 1."],
      ["is less than 1."],
      ["is less than 1."],
    ]);
  });

  it("names what is missing", async () => {
    const { location } = setUp();
    await expect(location.contacts.createTask({ contactId: "c", body: { dueDate: "2027-01-01T00:00:00.000Z" } as never })).rejects.toThrow(
      /body lacks title; body lacks completed\./,
    );
    await expect(location.opportunities.search({ limit: "many" as never })).rejects.toThrow(/query\.limit is of type string instead of/);
  });

  it("reports and sends, or does neither", async () => {
    const reporting = setUp({ requests: "report", answers: "off" });
    await reporting.location.contacts.create({ body: { email: 7 } as never });
    expect(reporting.events.length).toBe(1);
    expect(reporting.sent()).toBe(1);
    const off = setUp({ requests: "off", answers: "off" }, { contact: 7 });
    await off.location.contacts.create({ body: { email: 7 } as never });
    expect(off.events).toEqual([]);
  });

  it("lets requests outside of the contract pass", async () => {
    const { client, sent } = setUp();
    await client.request("POST", "/made-up", { body: { a: 1 } });
    expect(sent()).toBe(1);
  });

  it.each([
    ["v3", calls, (options: object) => createClient(options) as Client],
    ["v2", v2Calls, (options: object) => createV2Client(options) as V2Client],
  ] as const)(
    "finds no fault with any sample call of %s",
    async (generation, samples, create) => {
      const events: ValidationEvent[] = [];
      const onEvent = (event: ValidationEvent): void => void events.push(event);
      const layers = [withValidation({ generation, requests: "report", answers: "off", onEvent })];
      const client = create({
        baseUrl,
        layers,
        fetch: async () => new Response("{}", { headers: { "content-type": "application/json" } }),
      });
      for (const sample of Object.values(samples) as ((client: never) => Promise<unknown>)[]) await failureOf(sample(client as never));
      expect(events.map(({ operation, problems }) => [operation, ...problems.map(({ path, message }) => `${path} ${message}`)])).toEqual(
        [],
      );
    },
    300_000,
  );
});

describe("withValidation and answers", () => {
  const contact = { id: "c1", locationId: "l1" };

  it("reports an answer that is not as the contract says, and hands it on", async () => {
    const { location, events } = setUp({}, { contact: { ...contact, email: 7, surprise: true } });
    expect((await location.contacts.get({ contactId: "c1" })).contact).toMatchObject({ surprise: true });
    expect(events).toMatchObject([{ side: "answer", operation: "contacts.get" }]);
    expect(events[0]?.problems).toContainEqual({ path: "contact.email", message: "is number instead of string" });
    expect(events[0]?.problems).toContainEqual({ path: "contact.surprise", message: "is not in the contract" });
  });

  it("throws where it is asked to, and says that the write was accepted", async () => {
    const { location } = setUp({ answers: "throw" }, { contact: { ...contact, email: 7 } }, 201);
    const error = await failureOf(location.contacts.create({ body: { email: "a@example.com" } }));
    expect(error).toMatchObject({ code: "invalid_response", accepted: true, status: 201 });
  });
});
