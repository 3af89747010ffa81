import type { CallContext, Layer } from "@ghlkit/core";
import { describe, expect, it } from "vitest";
import { createClient, type PipelineOptions } from "../src/index.ts";

/** A client whose contexts and headers are kept. */
function watched(options: PipelineOptions = {}) {
  const contexts: CallContext[] = [];
  const headers: Readonly<Record<string, string>>[] = [];
  const watch: Layer = (next) => (request, context) => {
    contexts.push(context);
    headers.push(request.headers);
    return next(request, context);
  };
  const client = createClient({ baseUrl: "https://example.com", fetch: async () => new Response("{}"), layers: [watch], ...options });
  return { client, contexts, headers };
}

describe("with", () => {
  it("gives all calls of a client the same options; a call's own win", async () => {
    const { client, contexts } = watched();
    const bulk = client.location("loc1").with({ priority: "bulk", timeoutMs: 5 });
    await bulk.contacts.get({ contactId: "c" });
    await bulk.contacts.get({ contactId: "c" }, { priority: "webhook" });
    await bulk.request("GET", "/x");
    await client.location("loc1").contacts.get({ contactId: "c" });
    expect(contexts.map(({ priority, timeoutMs }) => [priority, timeoutMs])).toEqual([
      ["bulk", 5],
      ["webhook", 5],
      ["bulk", 5],
      ["interactive", 30_000],
    ]);
  });

  it("reaches what is bound after it, the path level and every page, and can be narrowed again", async () => {
    const { client, contexts } = watched();
    const bulk = client.with({ priority: "bulk" });
    await bulk.location("loc1").with({ fresh: true }).contacts.get({ contactId: "c" });
    await bulk.company("com1").companies.get({ companyId: "com1" });
    await bulk.GET("/contacts/{contactId}", { params: { path: { contactId: "c" } } });
    expect(contexts.map(({ priority, fresh }) => [priority, fresh])).toEqual([
      ["bulk", true],
      ["bulk", undefined],
      ["bulk", undefined],
    ]);
  });

  it("adds headers up, and ends a call by either signal", async () => {
    const { client, headers, contexts } = watched();
    const job = new AbortController();
    const own = new AbortController();
    const bound = client.with({ headers: { "X-Job": "1", "X-Both": "job" }, signal: job.signal });
    await bound.location("loc1").contacts.get({ contactId: "c" }, { headers: { "x-both": "call" }, signal: own.signal });
    expect(headers[0]).toMatchObject({ "x-job": "1", "x-both": "call" });
    job.abort();
    expect(contexts[0]?.signal?.aborted).toBe(true);
    await expect(bound.contacts.get({ contactId: "c" })).rejects.toMatchObject({ code: "aborted" });
  });

  it("takes no headers that it would lose", async () => {
    const { client } = watched();
    const headers = new Headers({ authorization: "Bearer a" }) as never;
    await expect(client.with({ priority: "bulk" }).contacts.get({ contactId: "c" }, { headers })).rejects.toMatchObject({
      code: "invalid_request",
    });
    await expect(client.with({ headers }).contacts.get({ contactId: "c" })).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("refuses options that make no sense at the call", async () => {
    const { client } = watched();
    await expect(client.with({ timeoutMs: -1 }).contacts.get({ contactId: "c" })).rejects.toMatchObject({ code: "invalid_request" });
  });
});

describe("binding a location", () => {
  it("builds nothing but what is used, and that once", () => {
    const { client } = watched();
    const location = client.location("loc1");
    expect(Object.keys(location)).toEqual(["request", "with"]);
    expect(location.contacts).toBe(location.contacts);
    expect(Object.keys(location)).toEqual(["request", "with", "contacts"]);
    expect("opportunities" in location).toBe(true);
  });

  it("keeps services apart that tests replace", () => {
    const { client } = watched();
    const [one, other] = [client.location("loc1"), client.location("loc1")];
    const fake = { get: () => "fake" };
    (one as { contacts: unknown }).contacts = fake;
    expect(one.contacts).toBe(fake);
    expect(other.contacts).not.toBe(fake);
  });
});
