import { beforeEach, expect, test } from "vitest";
import { createEndpoint, type Endpoint } from "../webhooks/endpoint.ts";
import { callEmulator, type CallOptions, type TestAnswer } from "../test-client.ts";

let endpoint: Endpoint;
beforeEach(() => (endpoint = createEndpoint({ concurrency: 1 })));

const call = (method: string, path: string, options?: CallOptions): Promise<TestAnswer> =>
  callEmulator(endpoint.emulator, method, path, options);

/** Types of what was sent since the last time. */
async function news(): Promise<readonly string[]> {
  await endpoint.emulator.webhooks.settle();
  const types = endpoint.types();
  endpoint.received.length = 0;
  return types;
}

async function createContact(email = "ann@example.com", phone = "+12025550123"): Promise<string> {
  const body = { locationId: endpoint.emulator.seed.locationId, firstName: "Ann", email, phone };
  const answer = await call("POST", "/contacts/", { body });
  return answer.body.contact.id as string;
}

test("a contact: create, update, tags, do-not-disturb, delete", async () => {
  const id = await createContact();
  await endpoint.emulator.webhooks.settle();
  const { seed } = endpoint.emulator;
  expect(endpoint.received[0]?.body).toMatchObject({
    type: "ContactCreate",
    id,
    name: "Ann",
    locationId: seed.locationId,
    companyId: seed.companyId,
    tags: [],
  });
  await news();
  await call("PUT", `/contacts/${id}`, { body: { city: "Paris" } });
  expect(await news()).toEqual(["ContactUpdate"]);
  await call("PUT", `/contacts/${id}`, { body: { city: "Paris" } });
  expect(await news()).toEqual([]);
  await call("POST", `/contacts/${id}/tags`, { body: { tags: ["vip"] } });
  expect(await news()).toEqual(["ContactTagUpdate"]);
  await call("PUT", `/contacts/${id}`, { body: { dndSettings: { sms: { status: "active" } } } });
  await endpoint.emulator.webhooks.settle();
  expect(endpoint.received).toMatchObject([{ body: { type: "ContactDndUpdate", dndSettings: { SMS: { status: "active" } } } }]);
  await news();
  await call("POST", `/contacts/${id}/followers`, { body: { followers: [seed.users.admin] } });
  expect(await news()).toEqual([]);
  await call("DELETE", `/contacts/${id}`);
  expect(await news()).toEqual(["ContactDelete"]);
});

test("notes and tasks, and none of them when the contact goes", async () => {
  const id = await createContact();
  await news();
  const note = await call("POST", `/contacts/${id}/notes`, { body: { body: "Hello" } });
  await call("PUT", `/contacts/${id}/notes/${note.body.note.id}`, { body: { body: "Hello again" } });
  expect(await news()).toEqual(["NoteCreate", "NoteUpdate"]);
  const task = await call("POST", `/contacts/${id}/tasks`, { body: { title: "Call", dueDate: "2026-02-01T00:00:00Z", completed: false } });
  const path = `/contacts/${id}/tasks/${task.body.task.id}`;
  await call("PUT", path, { body: { title: "Call back" } });
  await call("PUT", `${path}/completed`, { body: { completed: true } });
  await call("PUT", `${path}/completed`, { body: { completed: true } });
  await call("DELETE", path);
  expect(await news()).toEqual(["TaskCreate", "TaskComplete", "TaskDelete"]);
  await call("DELETE", `/contacts/${id}`);
  expect(await news()).toEqual(["ContactDelete"]);
});

test("an opportunity, with and without the platform's redundant update", async () => {
  const { locationId, pipelineId, stageIds, users } = endpoint.emulator.seed;
  const create = async (): Promise<string> => {
    const body = {
      locationId,
      pipelineId,
      pipelineStageId: stageIds[0],
      name: "Deal",
      status: "open",
      contactId: await createContact(),
      monetaryValue: 5,
    };
    return (await call("POST", "/opportunities/", { body })).body.opportunity.id as string;
  };
  const run = async (): Promise<readonly (readonly string[])[]> => {
    const id = await create();
    const steps = [(await news()).filter((type) => type !== "ContactCreate")];
    const changes = [{ name: "Big deal" }, { pipelineStageId: stageIds[1] }, { status: "won" }, { assignedTo: users.admin }];
    for (const body of [...changes, { name: "Bigger deal", monetaryValue: 9 }]) {
      expect((await call("PUT", `/opportunities/${id}`, { body })).status).toBe(200);
      steps.push([...(await news())]);
    }
    await call("DELETE", `/opportunities/${id}`);
    steps.push([...(await news())]);
    return steps;
  };
  const [update, stage, status] = ["OpportunityUpdate", "OpportunityStageUpdate", "OpportunityStatusUpdate"];
  const [assigned, value] = ["OpportunityAssignedToUpdate", "OpportunityMonetaryValueUpdate"];
  expect(await run()).toEqual([["OpportunityCreate"], [update], [stage], [status], [assigned], [update, value], ["OpportunityDelete"]]);
  endpoint = createEndpoint({ concurrency: 1 });
  endpoint.emulator.webhooks.faults.add({ type: "*", kind: "redundant-pair" });
  expect(await run()).toEqual([
    ["OpportunityCreate", update],
    [update],
    [update, stage],
    [update, status],
    [update, assigned],
    [update, value],
    ["OpportunityDelete", update],
  ]);
});

test("messages in and out, unread counts, and what a conversation provider is asked to send", async () => {
  const contactId = await createContact();
  await news();
  await call("POST", "/conversations/messages", { body: { type: "SMS", contactId, message: "Hello", status: "delivered" } });
  expect(await news()).toEqual(["OutboundMessage"]);
  endpoint.emulator.webhooks.subscribe({ url: "https://provider.example/", events: ["ProviderOutboundMessage"] });
  const conversationProviderId = "64f000000000000000000001";
  await call("POST", "/conversations/messages", {
    body: { type: "SMS", contactId, message: "Hi", conversationProviderId, status: "delivered" },
    token: endpoint.emulator.seed.tokens.appLocation,
  });
  await endpoint.emulator.webhooks.settle();
  expect(endpoint.received).toMatchObject([
    { url: "https://app.example/webhooks", body: { type: "OutboundMessage", direction: "outbound", messageType: "SMS", body: "Hi" } },
    {
      url: "https://provider.example/",
      body: { type: "SMS", phone: "+12025550123", message: "Hi", contactId, conversationId: expect.any(String) },
    },
  ]);
  await news();
  const found = await call("GET", `/conversations/search?locationId=${endpoint.emulator.seed.locationId}`);
  const conversationId = found.body.conversations[0].id as string;
  const body = { type: "SMS", conversationId, contactId, conversationProviderId, message: "Yes" };
  expect((await call("POST", "/conversations/messages/inbound", { body, token: endpoint.emulator.seed.tokens.appLocation })).status).toBe(
    200,
  );
  expect(await news()).toEqual(["InboundMessage", "ConversationUnreadUpdate"]);
});

test("a scheduled message emits one webhook when it is sent; a cancelled one emits none", async () => {
  const { emulator } = endpoint;
  const contactId = await createContact();
  await news();
  const schedule = async (inMs: number): Promise<string> => {
    const scheduledTimestamp = Math.floor((emulator.clock.now() + inMs) / 1000);
    const answer = await call("POST", "/conversations/messages", { body: { type: "SMS", contactId, message: "Soon", scheduledTimestamp } });
    return answer.body.messageId as string;
  };
  const sent = await schedule(60_000);
  const cancelled = await schedule(60_000);
  expect(await news()).toEqual([]);
  await call("DELETE", `/conversations/messages/${cancelled}/schedule`);
  await emulator.clock.run(59_000);
  expect(await news()).toEqual([]);
  await emulator.clock.run(2000);
  await emulator.webhooks.settle();
  expect(endpoint.received).toMatchObject([{ body: { type: "OutboundMessage", messageId: sent, status: "pending" } }]);
  await emulator.clock.run(86_400_000);
  expect(await news()).toEqual(["OutboundMessage"]);
});

test("appointments, users, locations, businesses", async () => {
  const { emulator } = endpoint;
  const { locationId, calendarId, tokens, companyId } = emulator.seed;
  const contactId = await createContact();
  await news();
  const times = { startTime: "2026-03-02T15:00:00Z", endTime: "2026-03-02T15:30:00Z" };
  const booked = await call("POST", "/calendars/events/appointments", { body: { calendarId, locationId, contactId, ...times } });
  await call("PUT", `/calendars/events/appointments/${booked.body.id}`, { body: { title: "Later" } });
  await call("DELETE", `/calendars/events/${booked.body.id}`, { body: {} });
  expect(await news()).toEqual(["AppointmentCreate", "AppointmentUpdate", "AppointmentDelete"]);
  const business = await call("POST", "/businesses/", { body: { locationId, name: "Bakery" } });
  expect(await news()).toEqual(["RecordCreate"]);
  await call("DELETE", `/businesses/${business.body.buiseness.id}`);
  expect(await news()).toEqual(["RecordDelete"]);
  await call("POST", "/locations/", { body: { name: "Third", companyId }, token: tokens.agency });
  expect(await news()).toEqual(["LocationCreate"]);
});

test("only where the app is, only with its scopes, and INSTALL to the default URL only", async () => {
  const { emulator, received } = endpoint;
  const { locationId, secondLocationId } = emulator.seed;
  emulator.webhooks.subscribe({ url: "https://installs.example/", events: ["INSTALL", "UPDATE"] });
  emulator.oauth.uninstall({ locationId });
  await createContact();
  await emulator.webhooks.settle();
  expect(received).toMatchObject([{ url: "https://app.example/webhooks", body: { type: "UNINSTALL", locationId } }]);
  emulator.oauth.install({ userId: emulator.seed.users.admin, locations: [locationId], scopes: ["opportunities.readonly"] });
  await createContact("ben@example.com", "+12025550124");
  emulator.oauth.updateVersion({ locationId: secondLocationId }, "64f000000000000000000002");
  await emulator.webhooks.settle();
  expect(received.slice(1)).toMatchObject([
    { url: "https://app.example/webhooks", body: { type: "INSTALL", locationId } },
    { url: "https://installs.example/", body: { type: "UPDATE" } },
  ]);
});

test("a reset clears the log and changes still emit webhooks", async () => {
  await createContact();
  await news();
  endpoint.emulator.reset();
  expect(endpoint.emulator.webhooks.deliveries()).toEqual([]);
  await createContact();
  expect(await news()).toEqual(["ContactCreate"]);
});
