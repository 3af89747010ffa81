import { HighLevel } from "@gohighlevel/api-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEmulator, type Listening } from "../src/index.ts";

const emulator = createEmulator();
const { locationId, pipelineId, stageIds, tokens, users } = emulator.seed;
let server: Listening;
let official: HighLevel;

beforeAll(async () => {
  server = await emulator.listen();
  official = new HighLevel({ privateIntegrationToken: tokens.location });
  official.getHttpClient().defaults.baseURL = server.url;
});

afterAll(() => server.close());

describe("the official client, unchanged", () => {
  let contactId = "";

  test("creates, reads, changes, tags and finds contacts", async () => {
    const created = await official.contacts.createContact({
      locationId,
      firstName: "Ann",
      lastName: "Lee",
      email: "ann@example.com",
      phone: "(202) 555-0101",
      tags: ["Lead"],
      dndSettings: { SMS: { status: "inactive", message: "", code: "" } },
    } as never);
    contactId = created.contact?.id ?? "";
    expect(created.contact).toMatchObject({ firstName: "Ann", phone: "+12025550101", tags: ["lead"] });

    await official.contacts.updateContact({ contactId }, { city: "Springfield" });
    await official.contacts.addTags({ contactId }, { tags: ["VIP"] });
    await official.contacts.createTask({ contactId }, { title: "Call", dueDate: "2026-12-01T09:00:00Z", completed: false });
    const note = await official.contacts.createNote({ contactId }, { body: "Likes tea" } as never);
    expect(note.note?.body).toBe("Likes tea");

    const read = await official.contacts.getContact({ contactId });
    expect(read.contact).toMatchObject({ id: contactId, city: "Springfield", tags: ["lead", "vip"] });
    expect(read.contact?.dndSettings).toMatchObject({ SMS: { status: "inactive" } });

    const found = (await official.contacts.searchContactsAdvanced({
      locationId,
      pageLimit: 5,
      filters: [{ field: "tags", operator: "contains", value: "vip" }],
    } as never)) as unknown as { contacts: { id: string }[] };
    expect(found.contacts.map((contact) => contact.id)).toEqual([contactId]);
  });

  test("upserts by e-mail", async () => {
    const upserted = await official.contacts.upsertContact({ locationId, email: "ANN@example.com", lastName: "Lee-Park" } as never);
    expect(upserted).toMatchObject({ new: false, contact: { id: contactId, lastName: "Lee-Park" } });
  });

  test("takes an opportunity through its life", async () => {
    const pipelines = await official.opportunities.getPipelines({ locationId });
    expect(pipelines.pipelines?.[0]?.id).toBe(pipelineId);
    const created = await official.opportunities.createOpportunity({
      locationId,
      pipelineId,
      contactId,
      name: "Whitening",
      status: "open",
      monetaryValue: 250,
    } as never);
    const id = created.opportunity?.id ?? "";
    await official.opportunities.updateOpportunity({ id }, { pipelineStageId: stageIds[2], assignedTo: users.member } as never);
    await official.opportunities.updateOpportunityStatus({ id }, { status: "won" });
    const read = await official.opportunities.getOpportunity({ id });
    expect(read.opportunity).toMatchObject({ status: "won", pipelineStageId: stageIds[2], contact: { id: contactId } });
    const found = await official.opportunities.searchOpportunity({ locationId, pipelineId, status: "won" } as never);
    expect(found.meta?.total).toBe(1);
  });

  test("sends a message and reads the conversation", async () => {
    const sent = await official.conversations.sendANewMessage({ type: "SMS", contactId, message: "See you at nine" } as never);
    const found = await official.conversations.searchConversation({ locationId, contactId });
    expect(found.conversations.map((conversation) => conversation.id)).toEqual([sent.conversationId]);
    const { messages } = (await official.conversations.getMessages({ conversationId: sent.conversationId })) as unknown as {
      messages: { messages: { id: string; body: string }[] };
    };
    expect(messages.messages).toMatchObject([{ id: sent.messageId, body: "See you at nine" }]);
  });

  test("goes from a consent to tokens, and refreshes them", async () => {
    const { app, companyId } = emulator.seed;
    const redirectUri = "http://127.0.0.1:3000/callback";
    const { code } = emulator.oauth.authorize({ locations: [locationId], redirectUri });
    const credentials = { client_id: app.clientId, client_secret: app.clientSecret };
    const exchange = { ...credentials, grant_type: "authorization_code", code, redirect_uri: redirectUri, user_type: "Company" };
    const company = await official.oauth.getAccessToken(exchange as never);
    expect(company).toMatchObject({ userType: "Company", companyId, isBulkInstallation: true });
    const refreshToken = company.refresh_token ?? "";
    const next = await official.oauth.refreshToken(refreshToken, app.clientId, app.clientSecret, "refresh_token", "Company");
    expect(next).toMatchObject({ userType: "Company", companyId });
    expect(next.refresh_token).not.toBe(refreshToken);
  });

  test("sends the version it always sends", () => {
    expect(new Set(emulator.requests().map((entry) => entry.version))).toEqual(new Set(["2023-02-21"]));
  });
});
