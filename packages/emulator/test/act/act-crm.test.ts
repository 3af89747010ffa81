import { beforeEach, expect, test } from "vitest";
import { createEmulator, type Emulator } from "../../src/index.ts";
import { callEmulator, type CallOptions, type TestAnswer } from "../test-client.ts";

let emulator: Emulator;
const sent: Record<string, unknown>[] = [];

beforeEach(() => {
  sent.length = 0;
  emulator = createEmulator({
    clock: { now: () => Date.UTC(2026, 10, 30) },
    webhooks: {
      url: "https://app.example/webhooks",
      deliver: async (request) => {
        sent.push((await request.json()) as Record<string, unknown>);
        return new Response();
      },
    },
  });
});

const call = (method: string, path: string, body?: object, options: CallOptions = {}): Promise<TestAnswer> =>
  callEmulator(emulator, method, path, { version: "2021-07-28", ...(body !== undefined && { body }), ...options });

async function contact(fields: object): Promise<string> {
  return (await call("POST", "/contacts/", { locationId: emulator.seed.locationId, ...fields })).body.contact.id as string;
}

async function act(name: string, body: object): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const headers = { "content-type": "application/json" };
  const response = await emulator.fetch(`http://localhost/_emulator/act/${name}`, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function types(): Promise<unknown[]> {
  await emulator.webhooks.settle();
  return sent.splice(0).map(({ type }) => type);
}

test("a form makes a contact, or updates the one that its e-mail points at, and its file is served", async () => {
  const { locationId, customFieldIds } = emulator.seed;
  const { body } = await call("GET", `/forms/?locationId=${locationId}`);
  const formId = body.forms[0].id as string;
  const pet = customFieldIds["contact.pet_name"] ?? "";
  const first = await act("submitForm", {
    formId,
    firstName: "Ann",
    email: "ann@example.com",
    fields: { pet_name: "Rex" },
    files: { [pet]: { name: "rex.txt", content: "woof" } },
  });
  expect(first).toMatchObject({ status: 200, body: { isNew: true } });
  expect(await types()).toEqual(["ContactCreate"]);
  const second = emulator.act.submitForm(formId, { lastName: "Lee", email: "ANN@example.com" });
  expect(second).toMatchObject({ isNew: false, contactId: first.body["contactId"] });
  const { submissions } = (await call("GET", `/forms/submissions?locationId=${locationId}&formId=${formId}&q=ann@example.com`)).body;
  expect(submissions.map(({ contactId }: { contactId: string }) => contactId)).toEqual([second.contactId, second.contactId]);
  const file = Object.values(submissions.find((one: { id: string }) => one.id === first.body["submissionId"]).others[pet])[0] as {
    url: string;
  };
  expect(await (await emulator.fetch(file.url)).text()).toBe("woof");
  expect((await act("submitForm", { formId: "nowhere" })).status).toBe(400);
  expect((await act("submitForm", { formId, fields: { colour: "red" } })).status).toBe(400);
});

test("a clicked link leads on, and the last e-mail counts as clicked", async () => {
  const { locationId } = emulator.seed;
  const contactId = await contact({ email: "ann@example.com" });
  const mail = await call("POST", "/conversations/messages", { type: "Email", contactId, html: "<p>Hi</p>", subject: "Hi" });
  const { links } = (await call("GET", `/links/?locationId=${locationId}`)).body;
  expect(await act("clickLink", { contactId, linkId: links[0].id })).toEqual({
    status: 200,
    body: { redirectTo: "https://example.com/book" },
  });
  expect((await call("GET", `/conversations/messages/${mail.body.messageId}`)).body.message.status).toBe("clicked");
  const filters = [{ field: "lastEmailClickedDate", operator: "exists" }];
  expect((await call("POST", "/contacts/search", { locationId, pageLimit: 10, filters })).body.total).toBe(1);
  expect((await act("clickLink", { contactId, linkId: "nowhere" })).status).toBe(400);
});

test("a failed message is sent again, and its provider is asked once more", async () => {
  const { conversationProviders, tokens } = emulator.seed;
  emulator.webhooks.subscribe({ url: "https://provider.example/", events: ["ProviderOutboundMessage"] });
  const token = { token: tokens.appLocation };
  const contactId = await contact({ phone: "+12025550101" });
  const message = { type: "SMS", contactId, message: "Hi", conversationProviderId: conversationProviders.sms };
  const { messageId } = (await call("POST", "/conversations/messages", message, token)).body;
  expect((await act("retryMessage", { messageId })).status).toBe(400);
  const error = { code: "1", type: "carrier", message: "No route" };
  await call("PUT", `/conversations/messages/${messageId}/status`, { status: "failed", error }, token);
  expect((await call("GET", `/conversations/messages/${messageId}`)).body.message).toMatchObject({ status: "failed", error: "No route" });
  await types();
  expect((await act("retryMessage", { messageId })).status).toBe(200);
  expect(await types()).toEqual(["SMS"]);
  await call("PUT", `/conversations/messages/${messageId}/status`, { status: "delivered" }, token);
  expect((await call("GET", `/conversations/messages/${messageId}`)).body.message).not.toHaveProperty("error");
});

test("of two contacts one is left, with what hung on the other", async () => {
  const { pipelineId, locationId } = emulator.seed;
  const master = await contact({ firstName: "Ann", email: "ann@example.com", tags: ["a"] });
  const other = await contact({ firstName: "Anna", city: "Springfield", email: "anna@example.com", phone: "+12025550101", tags: ["b"] });
  await call("POST", `/contacts/${other}/notes`, { body: "Likes tea" });
  await call("POST", "/opportunities/", { locationId, pipelineId, contactId: other, name: "Deal", status: "open" });
  emulator.act.replyAs(other, "Hello");
  await types();
  expect((await act("mergeContacts", { masterId: master, otherId: other })).status).toBe(200);
  expect((await types()).filter((type) => String(type).startsWith("Contact"))).toEqual([
    "ContactDelete",
    "ContactUpdate",
    "ContactTagUpdate",
  ]);
  expect((await call("GET", `/contacts/${other}`)).status).toBe(400);
  expect((await call("GET", `/contacts/${master}`)).body.contact).toMatchObject({
    firstName: "Ann",
    city: "Springfield",
    email: "ann@example.com",
    additionalEmails: [{ email: "anna@example.com" }],
    phone: "+12025550101",
    additionalPhones: [],
    tags: ["a", "b"],
  });
  expect((await call("GET", `/contacts/${master}/notes`)).body.notes).toHaveLength(1);
  const found = await call("GET", `/opportunities/search?location_id=${locationId}&contact_id=${master}`);
  expect(found.body.meta.total).toBe(1);
  const { conversations } = (await call("GET", `/conversations/search?locationId=${locationId}`)).body;
  expect(conversations).toMatchObject([{ contactId: master, lastMessageBody: "Hello", unreadCount: 1 }]);
  expect((await act("mergeContacts", { masterId: master, otherId: master })).status).toBe(400);
});

test("which words close the channel is a switch, and so is what enrolling in a draft answers", async () => {
  const { draftWorkflowId } = emulator.seed;
  const contactId = await contact({ phone: "+12025550101" });
  const send = async (): Promise<number> =>
    (await call("POST", "/conversations/messages", { type: "SMS", contactId, message: "Hi" })).status;
  emulator.act.replyAs(contactId, "Cancel");
  expect(await send()).toBe(200);
  emulator.switches.set({ optOutWords: "carrier", draftEnrolment: "reject" });
  emulator.act.replyAs(contactId, "Cancel");
  expect(await send()).toBe(400);
  const enrol = (): Promise<TestAnswer> => call("POST", `/contacts/${contactId}/workflow/${draftWorkflowId}`, {});
  expect((await enrol()).status).toBe(400);
  emulator.switches.set({ draftEnrolment: "silent" });
  expect((await enrol()).status).toBe(200);
});

test("an upsert by a further e-mail makes it the primary one, and the old primary is lost", async () => {
  const { locationId } = emulator.seed;
  const master = await contact({ email: "ann@example.com" });
  emulator.act.mergeContacts(master, await contact({ email: "anna@example.com" }));
  const { body } = await call("POST", "/contacts/upsert", { locationId, email: "anna@example.com" });
  expect(body).toMatchObject({ new: false, contact: { id: master, email: "anna@example.com", additionalEmails: [] } });
  expect((await call("GET", `/contacts/search/duplicate?locationId=${locationId}&email=ann@example.com`)).body.contact).toBeNull();
});
