import { expect, test } from "vitest";
import type { EmulatorOptions } from "../../../src/index.ts";
import { createTestClient, type TestClient } from "../../test-client.ts";

async function opened(options: EmulatorOptions = {}): Promise<TestClient & { readonly send: (fields?: object) => Promise<string> }> {
  const client = createTestClient({ clock: { now: () => Date.UTC(2026, 10, 30) }, ...options });
  const { locationId } = client.emulator.seed;
  const { body } = await client.call("POST", "/contacts/", { body: { locationId, email: "ann@example.com", phone: "+12025550101" } });
  const send = async (fields: object = {}): Promise<string> => {
    const message = { type: "SMS", contactId: body.contact.id, message: "Hi", ...fields };
    return (await client.call("POST", "/conversations/messages", { body: message })).body.messageId as string;
  };
  return { ...client, send };
}

const statusOf = async ({ call }: TestClient, id: string): Promise<unknown> =>
  (await call("GET", `/conversations/messages/${id}`)).body.message.status;

test("a message is pending, then sent, then delivered", async () => {
  const client = await opened({ messageTimeline: { sentAfterMs: 10, deliveredAfterMs: 50 } });
  const id = await client.send();
  const seen = [await statusOf(client, id)];
  for (const ms of [10, 39, 1]) {
    await client.emulator.clock.run(ms);
    seen.push(await statusOf(client, id));
  }
  expect(seen).toEqual(["pending", "sent", "sent", "delivered"]);
});

test("an e-mail has no status at first", async () => {
  const client = await opened();
  expect(await statusOf(client, await client.send({ type: "Email", html: "<p>Hi</p>" }))).toBeNull();
});

test("without a number a text message is accepted, and fails", async () => {
  const client = await opened({ smsNumber: "absent" });
  const id = await client.send();
  await client.emulator.clock.run(5000);
  const { message } = (await client.call("GET", `/conversations/messages/${id}`)).body;
  expect(message).toMatchObject({ status: "failed", error: "Failed: No numbers available in the account. Buy a number to send SMS." });
});

test("a snapshot that is restored still sends what was scheduled, and delivers what was on its way", async () => {
  const client = await opened();
  const scheduled = await client.send({ scheduledTimestamp: Date.UTC(2026, 10, 30, 1) / 1000 });
  const pending = await client.send();
  const snapshot = client.emulator.snapshot();
  const other = createTestClient({ clock: { now: () => Date.UTC(2026, 10, 30) } });
  other.emulator.restore(snapshot);
  await other.emulator.clock.run(3_600_000 + 3000);
  expect([await statusOf(other, scheduled), await statusOf(other, pending)]).toEqual(["delivered", "delivered"]);
});

test("uploads are served where answers say, on the host that was asked", async () => {
  const { call, emulator } = await opened();
  const { locationId } = emulator.seed;
  const { conversations } = (await call("GET", `/conversations/search?locationId=${locationId}`)).body;
  const multipart = new FormData();
  multipart.append("conversationId", conversations[0].id);
  multipart.append("locationId", locationId);
  multipart.append("fileAttachment", new File(["hello"], "a b.txt", { type: "text/plain" }));
  const { body } = await call("POST", "/conversations/messages/upload", { multipart });
  const url = body.uploadedFiles["a b.txt"] as string;
  expect(new URL(url).origin).toBe("http://emulator.test");
  const file = await emulator.fetch(url);
  expect([file.status, file.headers.get("content-type"), await file.text()]).toEqual([200, "text/plain", "hello"]);
  expect((await emulator.fetch(url.replace(/media\/\w+/, "media/none"))).status).toBe(404);
});

test("records below a contact go with it, and only the contact's webhook is sent", async () => {
  const types: string[] = [];
  const deliver = async (request: Request): Promise<Response> => {
    types.push(((await request.json()) as { type: string }).type);
    return new Response();
  };
  const client = await opened({ webhooks: { url: "https://app.example/", deliver } });
  const { call, emulator } = client;
  const { locationId, pipelineId } = emulator.seed;
  const { contactId } = (await call("GET", `/conversations/search?locationId=${locationId}`)).body.conversations[0];
  await call("POST", `/contacts/${contactId}/notes`, { body: { body: "x" } });
  await call("POST", `/contacts/${contactId}/tasks`, { body: { title: "x", dueDate: "2026-12-01T10:00:00Z", completed: false } });
  await call("POST", "/opportunities/", { body: { locationId, pipelineId, contactId, name: "Deal", status: "open" } });
  await client.send();
  await emulator.webhooks.settle();
  types.length = 0;
  await call("DELETE", `/contacts/${contactId}`);
  await emulator.webhooks.settle();
  expect(types).toEqual(["ContactDelete"]);
  expect((await call("GET", `/conversations/search?locationId=${locationId}`)).body.total).toBe(0);
});
