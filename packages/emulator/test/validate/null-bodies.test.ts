import { expect, test } from "vitest";
import { createTestClient } from "../test-client.ts";

const { call, emulator } = createTestClient();
const { locationId, tokens, conversationProviders } = emulator.seed;

test("a list that is null is absent, and what is stored can be listed", async () => {
  const altId = { altId: locationId, altType: "location" };
  const created = await call("POST", "/invoices/template", {
    body: {
      ...altId,
      name: "T",
      businessDetails: { name: "B" },
      currency: "USD",
      items: [{ name: "A", qty: 1, amount: 10, currency: "USD" }],
      discount: { type: "percentage", value: 10, validOnProductIds: null },
    },
  });
  expect(created.status).toBe(200);
  expect((await call("GET", `/invoices/template?altId=${locationId}&altType=location&limit=10&offset=0`)).status).toBe(200);
});

test("a search takes null for absent", async () => {
  const search = (body: object) => call("POST", "/opportunities/search", { body: { locationId, ...body } });
  expect((await search({ query: null, limit: 10, page: null, sort: null, filters: null })).status).toBe(201);
});

test("a text that is null stays for those whom it empties", async () => {
  const { body } = await call("POST", "/contacts/", { body: { locationId, email: "null@example.com", lastName: "Lee" } });
  await call("PUT", `/contacts/${body.contact.id}`, { body: { lastName: null, tags: null } });
  const read = await call("GET", `/contacts/${body.contact.id}`);
  expect([read.body.contact.lastName, read.body.contact.tags]).toEqual([undefined, []]);
});

test("a message of nothing has no content", async () => {
  const contact = (await call("POST", "/contacts/", { body: { locationId, phone: "+12025550143" } })).body.contact.id;
  const sent = await call("POST", "/conversations/messages", {
    body: { type: "SMS", contactId: contact, message: null, attachments: null },
  });
  expect([sent.status, sent.body.canonicalCode]).toEqual([422, "CONVERSATIONS_MSG_NO_CONTENT"]);
  const outbound = await call("POST", "/conversations/messages/outbound", {
    token: tokens.appLocation,
    body: {
      type: "Call",
      contactId: contact,
      conversationProviderId: conversationProviders.call,
      call: { to: null, from: "+12025550100", status: "completed" },
    },
  });
  expect(outbound.status).toBeLessThan(500);
});

test("names that every object inherits are no names of the platform's", async () => {
  const search = await call("POST", "/contacts/search", {
    body: { locationId, pageLimit: 5, filters: [{ field: "__proto__", operator: "eq", value: "x" }] },
  });
  expect(search.status).toBe(422);
  const contact = (await call("POST", "/contacts/", { body: { locationId, phone: "+12025550144" } })).body.contact.id;
  const sent = await call("POST", "/conversations/messages", {
    token: tokens.appLocation,
    body: { type: "SMS", contactId: contact, message: "Hi", conversationProviderId: "__proto__" },
  });
  expect(sent.status).toBeLessThan(500);
});
