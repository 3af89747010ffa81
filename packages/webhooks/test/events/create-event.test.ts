import { describe, expect, it } from "vitest";
import { createEmulator } from "@ghlkit/emulator";
import { eventDescriptions } from "@ghlkit/contract/events";
import { createEvent } from "../../src/events/create-event.ts";
import { platformEventTypes, type EventType, type WebhookEvent } from "../../src/index.ts";

const now = Date.parse("2026-06-01T00:00:00Z");
const event = (fields: Record<string, unknown>): Promise<WebhookEvent> =>
  createEvent({ fields, body: new TextEncoder().encode(JSON.stringify(fields)), headers: {}, source: "marketplace", receivedAt: now });

describe("createEvent", () => {
  it("knows a sample of every kind that is documented with a type", async () => {
    const emulator = createEmulator();
    for (const { kind, type, confidence } of eventDescriptions()) {
      const fields = emulator.webhooks.sample(kind);
      const { type: found, entity } = await event(fields);
      if (typeof fields["type"] === "string") expect([kind, found]).toEqual([kind, type ?? kind]);
      if (found !== "unknown" && confidence !== "named-only") expect([kind, entity]).not.toEqual([kind, expect.stringMatching(/^event:/)]);
    }
  });

  it("covers every type of the contract once", () => {
    expect(new Set(platformEventTypes).size).toBe(platformEventTypes.length);
    expect(platformEventTypes).toEqual(expect.arrayContaining(["INSTALL", "UNINSTALL", "UPDATE", "PLAN_CHANGE", "ConversationUnreadUpdate", "SaasPlanCreate"])); // prettier-ignore
    expect(platformEventTypes.length).toBe(77);
  });

  it.each<[Record<string, unknown>, EventType | "unknown", readonly EventType[]]>([
    [{ _id: "i", invoiceItems: [], invoiceNumber: "1", status: "paid" }, "InvoicePaid", ["InvoicePaid"]],
    [{ _id: "i", invoiceItems: [], invoiceNumber: "1", status: "void" }, "InvoiceVoid", ["InvoiceVoid"]],
    [{ _id: "i", invoiceItems: [], invoiceNumber: "1", status: "draft" }, "unknown", ["InvoiceCreate", "InvoiceUpdate", "InvoiceDelete"]],
    [
      { _id: "i", invoiceItems: [], invoiceNumber: "1", status: "overdue" },
      "unknown",
      ["InvoiceCreate", "InvoiceUpdate", "InvoiceDelete", "InvoiceVoid", "InvoiceSent", "InvoicePaid", "InvoicePartiallyPaid"],
    ],
    [{ id: "v", agentId: "a", transcript: "bot: hi" }, "VoiceAiCallEnd", ["VoiceAiCallEnd"]],
    [{ id: "a", associationType: "USER_DEFINED", firstObjectKey: "contact" }, "AssociationCreate", ["AssociationCreate"]],
    [{ id: "r", firstRecordId: "1", secondRecordId: "2", associationId: "3" }, "unknown", ["RelationCreate", "RelationDelete"]],
    [{ _id: "p", product: "x", priceType: "one_time", amount: 1 }, "PriceCreate", ["PriceCreate"]],
    [{ _id: "p", product: "x", type: "one_time", amount: 1 }, "unknown", ["PriceUpdate", "PriceDelete"]],
    [{ type: "SMS", messageId: "m", contactId: "c" }, "ProviderOutboundMessage", []],
    [{ type: "NewKindOfNextYear", id: "x" }, "unknown", []],
    [{}, "unknown", []],
  ])("%j without a type of its own is %s", async (fields, type, candidates) => {
    const found = await event(fields);
    expect(found.type).toBe(type);
    if (found.type === "unknown") expect(found.candidates).toEqual(candidates);
    expect(found.payload).toEqual(fields);
  });

  it("gives every event its envelope", async () => {
    const { payload: _fields, rawBody: _bytes, ...envelope } = await event({ type: "NoteCreate", contactId: "c-1", id: "n-1", webhookId: "w-1", locationId: "loc-1", companyId: "co-1", timestamp: "2026-01-01T00:00:00.000Z" }); // prettier-ignore
    expect(envelope).toEqual({
      type: "NoteCreate",
      id: "w-1",
      source: "marketplace",
      resource: { kind: "location", id: "loc-1" },
      entity: "contact:c-1",
      occurredAt: Date.parse("2026-01-01T00:00:00.000Z"),
      receivedAt: now,
      headers: {},
    });
  });

  it.each([
    [
      { type: "INSTALL", companyId: "co-1" },
      { resource: { kind: "company", id: "co-1" }, entity: "installation:co-1", occurredAt: now },
    ],
    [{ type: "OrderCreate", _id: "o", altId: "loc-1", altType: "location" }, { resource: { kind: "location", id: "loc-1" }, entity: "order:o" }], // prettier-ignore
    [{ type: "ContactCreate", id: "c", timestamp: 1_700_000_000 }, { occurredAt: 1_700_000_000_000 }],
    [{ type: "ContactCreate", id: "c", timestamp: "2026-06-01T23:59:59Z" }, { occurredAt: Date.parse("2026-06-01T23:59:59Z") }],
    [{ type: "ContactCreate", id: "c", timestamp: "2099-01-01T00:00:00Z" }, { occurredAt: now }],
    [{ type: "ContactCreate", id: "c", timestamp: "soon" }, { occurredAt: now }],
    [
      { type: "ContactCreate", id: 7, webhookId: 7 },
      { entity: expect.stringMatching(/^event:sha256:/), id: expect.stringMatching(/^sha256:/) },
    ],
    [
      { type: "ContactCreate", id: "a\u0000b\uD800", webhookId: "a\nb" },
      { entity: "contact:a?b\uFFFD", id: expect.stringMatching(/^sha256:/) },
    ],
    [{ type: "TaskCreate", id: "t", title: "Call" }, { entity: "task:t" }],
    [{ type: "AssociationCreate", key: "k", locationId: "loc-1" }, { entity: "association:loc-1:k" }],
  ])("of %j: %j", async (fields, expected) => {
    expect(await event(fields)).toMatchObject(expected);
  });
});
