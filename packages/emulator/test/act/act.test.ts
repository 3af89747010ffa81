import { beforeEach, describe, expect, it } from "vitest";
import { createEmulator, type Emulator } from "../../src/index.ts";
import { callEmulator } from "../test-client.ts";

let emulator: Emulator;
let contactId: string;
const events: { readonly type: string; readonly body: Readonly<Record<string, unknown>> }[] = [];

const call = (method: string, path: string, body?: object) => callEmulator(emulator, method, path, body === undefined ? {} : { body });

async function control(path: string, body: object) {
  const response = await emulator.fetch(`http://localhost/_emulator${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

beforeEach(async () => {
  events.length = 0;
  emulator = createEmulator({
    webhooks: {
      deliver: async (request) => {
        const body = (await request.json()) as Record<string, unknown>;
        events.push({ type: String(body["type"]), body });
        return new Response();
      },
    },
  });
  emulator.webhooks.subscribe({ url: "https://app.example/webhooks" });
  const { locationId } = emulator.seed;
  const created = await call("POST", "/contacts/", { locationId, email: "ada@example.com", phone: "+14155550101" });
  contactId = created.body.contact.id;
});

const eventsOf = async (type: string) => {
  await emulator.webhooks.settle();
  return events.filter((event) => event.type === type);
};
const sendSms = () => call("POST", "/conversations/messages", { type: "SMS", contactId, message: "Hi", status: "pending" });

describe("act.replyAs", () => {
  it("writes an inbound message into the contact's thread, unread, and emits it", async () => {
    const { messageId, conversationId } = emulator.act.replyAs(contactId, "Is it still free?");
    const { body } = await call("GET", `/conversations/${conversationId}`);
    expect(body).toMatchObject({ contactId, unreadCount: 1 });
    expect(await eventsOf("InboundMessage")).toMatchObject([
      { body: { messageId, contactId, body: "Is it still free?", messageType: "SMS" } },
    ]);
  });

  it("closes text messages with STOP and opens them with START", async () => {
    expect((await sendSms()).status).toBe(200);
    emulator.act.replyAs(contactId, " stop ");
    const { body } = await call("GET", `/contacts/${contactId}`);
    expect(body.contact).toMatchObject({ dndSettings: { sms: { status: "permanent", message: "STOP_KEYWORD" } } });
    expect((await sendSms()).status).toBe(400);
    emulator.act.replyAs(contactId, "START");
    expect((await sendSms()).status).toBe(200);
    expect((await eventsOf("ContactDndUpdate")).length).toBe(2);
  });

  it("answers an e-mail under its subject", async () => {
    await call("POST", "/conversations/messages", { type: "Email", contactId, subject: "Offer", html: "<p>Hi</p>", status: "pending" });
    emulator.act.replyAs(contactId, "Yes", { channel: "email" });
    expect(await eventsOf("InboundMessage")).toMatchObject([
      { body: { subject: "Re: Offer", from: "ada@example.com", messageType: "Email" } },
    ]);
  });

  it("refuses whom it does not know, and who has nothing to write from", () => {
    expect(() => emulator.act.replyAs("missing", "Hi")).toThrow("There is no contact missing.");
    expect(() => emulator.act.replyAs(contactId, "")).toThrow(/text/);
  });
});

describe("act, and what people do elsewhere", () => {
  it("callIn is a call in the thread", async () => {
    emulator.act.callIn(contactId, { status: "no-answer" });
    expect(await eventsOf("InboundMessage")).toMatchObject([{ body: { messageType: "CALL", callStatus: "no-answer" } }]);
  });

  it("optOut closes one channel, or all", async () => {
    emulator.act.optOut(contactId, { channel: "email" });
    expect((await sendSms()).status).toBe(200);
    emulator.act.optOut(contactId);
    expect((await sendSms()).status).toBe(400);
    expect((await eventsOf("ContactDndUpdate")).length).toBe(2);
  });

  it("moveOpportunity goes by names, and emits what moved", async () => {
    const { locationId } = emulator.seed;
    const { body } = await call("GET", `/opportunities/pipelines?locationId=${locationId}`);
    const [pipeline] = body.pipelines as { id: string; stages: { id: string; name: string }[] }[];
    const [first, second] = pipeline?.stages ?? [];
    const made = await call("POST", "/opportunities/", {
      locationId,
      contactId,
      pipelineId: pipeline?.id,
      pipelineStageId: first?.id,
      name: "Deal",
      status: "open",
    });
    const { id } = made.body.opportunity as { id: string };
    emulator.act.moveOpportunity(id, { stage: second?.name as string, status: "won" });
    const read = await call("GET", `/opportunities/${id}`);
    expect(read.body.opportunity).toMatchObject({ pipelineStageId: second?.id, status: "won" });
    expect(await eventsOf("OpportunityStageUpdate")).toMatchObject([{ body: { id, pipelineStageId: second?.id } }]);
    expect((await eventsOf("OpportunityStatusUpdate")).length).toBe(1);
    expect(() => emulator.act.moveOpportunity(id, { stage: "Nowhere" })).toThrow(/has no stage Nowhere: it has /);
  });

  it("is gone with a reset, and works on the new state", () => {
    emulator.reset();
    expect(() => emulator.act.replyAs(contactId, "Hi")).toThrow(/no contact/);
  });
});

describe("/_emulator/act", () => {
  it("does the same over HTTP", async () => {
    const { status, body } = await control("/act/replyAs", { contactId, text: "Hi", channel: "whatsapp" });
    expect(status).toBe(200);
    expect(body).toEqual({ messageId: expect.any(String), conversationId: expect.any(String) });
    expect(await control("/act/optOut", { contactId })).toEqual({ status: 200, body: { status: "ok" } });
    expect(await control("/act/callIn", { contactId, durationSeconds: 5 })).toMatchObject({ status: 200 });
  });

  it.each([
    ["/act/replyAs", { text: "Hi" }, /contactId/],
    ["/act/replyAs", { contactId: "missing", text: "Hi" }, /There is no contact missing/],
    ["/act/optOut", { contactId: "missing", channel: "pigeon" }, /channel/],
    ["/act/moveOpportunity", { opportunityId: "missing" }, /There is no opportunity missing/],
    ["/act/moveAppointment", { appointmentId: "missing", startTime: "tomorrow" }, /There is no appointment missing/],
  ])("refuses %s %j in one sentence", async (path, body, message) => {
    const answer = await control(path, body);
    expect(answer.status).toBe(400);
    expect(answer.body["message"]).toMatch(message);
  });

  it("moves an appointment with its length, and refuses a time without an offset", async () => {
    const { locationId } = emulator.seed;
    const { body } = await call("GET", `/calendars/?locationId=${locationId}`);
    const [calendar] = body.calendars as { id: string }[];
    const booking = {
      locationId,
      calendarId: calendar?.id,
      contactId,
      startTime: "2027-03-01T10:00:00Z",
      endTime: "2027-03-01T10:45:00Z",
      ignoreFreeSlotValidation: true,
    };
    const made = await call("POST", "/calendars/events/appointments", { ...booking, assignedUserId: emulator.seed.users.admin });
    const appointmentId = made.body.id as string;
    expect(appointmentId).toBeDefined();
    expect(
      await control("/act/moveAppointment", { appointmentId, startTime: "2027-03-02T09:00:00+01:00", status: "showed" }),
    ).toMatchObject({ status: 200 });
    const updates = await eventsOf("AppointmentUpdate");
    expect(JSON.stringify(updates.at(-1)?.body)).toContain("2027-03-02T08:45:00.000Z");
    expect(await control("/act/moveAppointment", { appointmentId, startTime: "2027-03-02T09:00:00" })).toMatchObject({ status: 400 });
  });
});
