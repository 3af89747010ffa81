import { expect, test } from "vitest";
import { createEvent } from "../../src/events/create-event.ts";
import { deliveryOfEvent, eventOfDelivery } from "../../src/events/delivery-of-event.ts";

test.each([
  { type: "ContactCreate", id: "c-1", locationId: "loc-1", webhookId: "w-1", timestamp: "2026-01-02T03:04:05.000Z" },
  { type: "INSTALL", appId: "app", companyId: "com-1" },
  { type: "NotYetKnown", id: "x" },
  { _id: "a", invoiceItems: [], invoiceNumber: "1", status: "draft" },
])("an event comes back from its delivery as it was made: %o", async (fields) => {
  const body = new TextEncoder().encode(JSON.stringify(fields));
  const headers = { "content-type": "application/json", "x-other": "dropped" };
  const event = await createEvent({ fields, body, headers, source: "gateway", receivedAt: 1_700_000_000_000 });
  expect(eventOfDelivery(await deliveryOfEvent(event))).toEqual(event);
});

test("what was decided when a delivery came in is not decided again", async () => {
  const fields = { type: "ContactCreate", id: "c-1", webhookId: "w-1" };
  const body = new TextEncoder().encode(JSON.stringify(fields));
  const event = await createEvent({ fields, body, headers: {}, source: "gateway", receivedAt: 1000 });
  const stored = { ...(await deliveryOfEvent(event)), id: "w-0", entity: "contact:other", occurredAt: 5 };
  expect(eventOfDelivery(stored)).toMatchObject({ id: "w-0", entity: "contact:other", occurredAt: 5 });
});
