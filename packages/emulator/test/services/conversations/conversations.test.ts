import { beforeEach, describe, expect, test } from "vitest";
import { createTestClient, type TestAnswer, type TestClient } from "../../test-client.ts";

let client: TestClient;
let contactId: string;

beforeEach(async () => {
  client = createTestClient({ clock: { now: () => Date.UTC(2026, 9, 1) } });
  contactId = await addContact({ name: "Ann Lee", email: "ann@example.com", phone: "+12025550101" });
});

async function addContact(fields: object): Promise<string> {
  const { body } = await client.call("POST", "/contacts/", { body: { locationId: client.emulator.seed.locationId, ...fields } });
  return body.contact.id as string;
}

function send(fields: object = {}): Promise<TestAnswer> {
  return client.call("POST", "/conversations/messages", { body: { type: "SMS", contactId, message: "Hello", ...fields } });
}

describe("conversations", () => {
  test("the first message opens the conversation, the next joins it", async () => {
    const first = (await send()).body;
    const second = (await send({ type: "Email", html: "<p>x</p>", subject: "S" })).body;
    expect(second.conversationId).toBe(first.conversationId);
    expect(second.emailMessageId).toEqual(expect.any(String));
    const mail = await client.call("GET", `/conversations/messages/email/${second.emailMessageId}`, { version: "2021-07-28" });
    expect(mail.body).toMatchObject({ subject: "S", to: ["ann@example.com"], direction: "outbound" });
  });

  test("a contact comes with its one conversation; another one can be opened when it is gone", async () => {
    const { locationId } = client.emulator.seed;
    const body = { locationId, contactId };
    const refused = await client.call("POST", "/conversations/", { body });
    const canonicalCode = "CONVERSATIONS_CONVERSATION_ALREADY_EXISTS";
    expect(refused).toMatchObject({ status: 400, body: { statusCode: 400, canonicalCode, conversationId: expect.any(String) } });
    await client.call("DELETE", `/conversations/${refused.body.conversationId}`);
    expect((await client.call("POST", "/conversations/", { body })).status).toBe(201);
  });

  test("an opted-out contact is not written to", async () => {
    await client.call("PUT", `/contacts/${contactId}`, { body: { dndSettings: { sms: { status: "active", message: "", code: "" } } } });
    const refused = await send();
    expect([refused.status, refused.body.canonicalCode]).toEqual([400, "CONVERSATIONS_MSG_DND_ACTIVE_SMS"]);
    expect((await send({ type: "Email", html: "x" })).status).toBe(200);
  });

  test("without a number or address there is nothing to send to", async () => {
    contactId = await addContact({ name: "Nobody Home" });
    expect((await send()).status).toBe(400);
    expect((await send({ type: "Email", html: "x" })).status).toBe(400);
    expect((await send({ contactId: "nobody" })).body.message).toBe("Contact with id nobody not found");
  });

  test.each([
    [{ type: "Email", message: "no html" }, 422, "CONVERSATIONS_MSG_NO_CONTENT", /^There is no message or attachments/],
    [{ message: "" }, 422, "CONVERSATIONS_MSG_NO_CONTENT", /^There is no message or attachments/],
  ])("what is empty is refused: %j", async (message, status, canonicalCode, text) => {
    const refused = await send(message);
    expect(refused.body).toMatchObject({ statusCode: status, canonicalCode, message: expect.stringMatching(text) });
    expect(refused.status).toBe(status);
  });

  test("who replied STOP is not texted, and the refusal names the number", async () => {
    client.emulator.act.replyAs(contactId, "STOP");
    const { status, body } = await send();
    expect(status).toBe(400);
    expect(body).toMatchObject({
      canonicalCode: "CONVERSATIONS_MSG_UNSUBSCRIBED_SMS",
      message: expect.stringMatching(/^Cannot send message as \+\d+ has unsubscribed$/),
    });
    expect((await send({ type: "Email", html: "x" })).status).toBe(200);
  });

  test("messages page from the newest back, by the last id", async () => {
    const ids: string[] = [];
    for (const message of ["1", "2", "3"]) {
      ids.push((await send({ message })).body.messageId);
      client.emulator.clock.advance(1000);
    }
    const conversationId = (await send({ message: "4" })).body.conversationId as string;
    const first = (await client.call("GET", `/conversations/${conversationId}/messages?limit=3`)).body.messages;
    expect([first.messages.map((message: { body: string }) => message.body), first.nextPage]).toEqual([["4", "3", "2"], true]);
    const second = (await client.call("GET", `/conversations/${conversationId}/messages?limit=3&lastMessageId=${first.lastMessageId}`)).body
      .messages;
    expect([second.messages.map((message: { id: string }) => message.id), second.nextPage]).toEqual([[ids[0]], false]);
  });

  test("inbound messages count as unread and are written once per outer id", async () => {
    const body = { type: "Email", html: "Re", emailFrom: "ann@example.com", altId: "outer-1" };
    const first = await client.call("POST", "/conversations/messages/inbound", { body });
    const again = await client.call("POST", "/conversations/messages/inbound", { body });
    expect(again.body.messageId).toBe(first.body.messageId);
    const { body: found } = await client.call("GET", `/conversations/search?locationId=${client.emulator.seed.locationId}&status=unread`);
    expect(found.conversations).toMatchObject([{ contactId, unreadCount: 1, lastMessageDirection: "inbound", fullName: "Ann Lee" }]);
    const stranger = { type: "Email", html: "Re", emailFrom: "who@example.com" };
    expect((await client.call("POST", "/conversations/messages/inbound", { body: stranger })).status).toBe(400);
  });

  test("searches page by the date of the last message", async () => {
    const { locationId } = client.emulator.seed;
    await send();
    client.emulator.clock.advance(1000);
    contactId = await addContact({ phone: "+12025550102" });
    await send({ message: "Later" });
    const at = `/conversations/search?locationId=${locationId}&limit=1`;
    const first = (await client.call("GET", at)).body;
    expect([first.total, first.conversations[0].lastMessageBody]).toEqual([2, "Later"]);
    const second = (await client.call("GET", `${at}&startAfterDate=${first.conversations[0].sort[0]}`)).body;
    expect(second.conversations.map((item: { lastMessageBody: string }) => item.lastMessageBody)).toEqual(["Hello"]);
    const third = (await client.call("GET", `${at}&startAfterDate=${second.conversations[0].sort[0]}`)).body;
    expect(third.conversations).toEqual([]);
    client.emulator.switches.set({ searchTies: "repeat" });
    const again = (await client.call("GET", `${at}&startAfterDate=${first.conversations[0].sort[0]}`)).body;
    expect(again.conversations.map((item: { lastMessageBody: string }) => item.lastMessageBody)).toEqual(["Later"]);
  });

  test("scheduled messages wait and can be called off", async () => {
    const { body } = await send({ scheduledTimestamp: Date.UTC(2026, 9, 2) / 1000 });
    const message = await client.call("GET", `/conversations/messages/${body.messageId}`);
    expect(message.body.message.status).toBe("scheduled");
    // The number of its type is a conclusion.
    expect(message.headers.get("x-emulator-evidence")).toBe("recorded");
    expect((await client.call("DELETE", `/conversations/messages/${body.messageId}/schedule`)).status).toBe(200);
    expect((await client.call("GET", `/conversations/messages/${body.messageId}`)).status).toBe(404);
    const again = await client.call("DELETE", `/conversations/messages/${body.messageId}/schedule`);
    expect(again).toMatchObject({
      status: 400,
      body: { message: `No message found with id: ${body.messageId}`, canonicalCode: "CONVERSATIONS_MSG_NOT_FOUND" },
    });
  });

  test("the export walks all messages by cursor", async () => {
    const numbers = Array.from({ length: 12 }, (_, index) => String(index));
    for (const message of numbers) {
      await send({ message });
      client.emulator.clock.advance(1000);
    }
    const at = `/conversations/messages/export?locationId=${client.emulator.seed.locationId}&limit=10&sortOrder=asc&channel=SMS`;
    const first = (await client.call("GET", at)).body;
    const second = (await client.call("GET", `${at}&cursor=${first.nextCursor}`)).body;
    const bodies = [...first.messages, ...second.messages].map((message: { body: string }) => message.body);
    expect([bodies, first.messages.length, first.total, second.nextCursor]).toEqual([numbers, 10, 12, undefined]);
    expect((await client.call("GET", `${at}&cursor=%7B`)).status).toBe(400);
  });
});
