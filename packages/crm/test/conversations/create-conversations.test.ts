import { beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { createManualClock, runOnClock, type ManualClock } from "@ghlkit/core/testing";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createMemoryStorage, type Journal } from "@ghlkit/storage";
import { createGhl, type LocationClient } from "ghlkit";
import { watchedFetch, type WatchedFetch } from "../emulator-under-way.ts";
import { createConversations, type Conversations, type OutgoingMessage, type SendResult } from "../../src/conversations/index.ts";

let clock: ManualClock;
let emulator: Emulator;
let journal: Journal;
let location: LocationClient;
let conversations: Conversations;
let contactId: string;
let watched: WatchedFetch;

beforeEach(async () => {
  clock = createManualClock();
  emulator = createEmulator({ clock });
  ({ journal } = createMemoryStorage({ clock }));
  const { tokens, locationId } = emulator.seed;
  watched = watchedFetch(emulator);
  const { fetch } = watched;
  const retry = { maxAttempts: 1 };
  location = createGhl({ token: tokens.location, location: locationId, fetch, clock, retry }).location(locationId);
  conversations = createConversations(location, { journal, clock });
  contactId = (await location.contacts.create({ body: { email: "ada@example.com", phone: "+14155550101" } })).contact.id;
});

const sms = (key: string, text = "Your table is free"): OutgoingMessage => ({ channel: "sms", to: contactId, text, key });
const run = <Result>(program: () => Promise<Result>): Promise<Result> => runOnClock(clock, program, { isBusy: watched.isBusy });

async function sentTexts(): Promise<readonly (string | undefined)[]> {
  const texts: (string | undefined)[] = [];
  for await (const { body, direction } of location.conversations.exportMessages({ contactId }))
    if (direction === "outbound") texts.push(body);
  return texts;
}

describe("send", () => {
  it("sends once for a key, and gives the first result ever after", async () => {
    const first = await conversations.send(sms("k1"));
    expect(first).toMatchObject({ outcome: "sent", how: "now", messageId: expect.any(String), conversationId: expect.any(String) });
    expect(await conversations.send(sms("k1"))).toEqual({ ...first, how: "before" });
    expect(await sentTexts()).toEqual(["Your table is free"]);
  });

  it("finds a message whose answer was lost in the thread", async () => {
    emulator.faults.add({ operation: "conversations.sendMessage", kind: "lost-answer", times: 1, afterEffect: true });
    expect(await run(() => conversations.send(sms("k1")))).toMatchObject({ outcome: "sent", how: "found" });
    expect(await sentTexts()).toEqual(["Your table is free"]);
  });

  it("does not send again until it is certain that the first did not arrive, and then does", async () => {
    emulator.faults.add({ operation: "conversations.sendMessage", kind: "lost-answer", times: 1, afterEffect: false });
    expect(await run(() => conversations.send(sms("k1")))).toEqual({ outcome: "unknown", probeAfterMs: 60_000 });
    expect(await run(() => conversations.send(sms("k1")))).toMatchObject({ outcome: "unknown" });
    await clock.advance(60_000);
    expect(await run(() => conversations.send(sms("k1")))).toMatchObject({ outcome: "sent", how: "now" });
    expect(await sentTexts()).toEqual(["Your table is free"]);
  });

  it("says that it does not know when two messages fit", async () => {
    emulator.faults.add({ operation: "conversations.sendMessage", kind: "lost-answer", times: 2, afterEffect: true });
    expect(await run(() => conversations.send(sms("k1")))).toMatchObject({ outcome: "sent", how: "found" });
    expect(await run(() => conversations.send(sms("k2")))).toMatchObject({ outcome: "unknown" });
    await clock.advance(120_000);
    expect(await run(() => conversations.send(sms("k2")))).toMatchObject({ outcome: "unknown" });
    expect((await sentTexts()).length).toBe(2);
  });

  it("takes no inbound message and no older one for it", async () => {
    emulator.act.replyAs(contactId, "Your table is free");
    await conversations.send(sms("older"));
    await clock.advance(10_000);
    emulator.faults.add({ operation: "conversations.sendMessage", kind: "lost-answer", times: 1, afterEffect: false });
    expect(await run(() => conversations.send(sms("k1")))).toMatchObject({ outcome: "unknown" });
  });

  it("takes no message of a workflow, a campaign or a bulk action for it", async () => {
    const { conversations: calls } = location;
    for (const [at, source] of ["workflow", "campaign", "bulk_actions", "api"].entries()) {
      async function* exportMessages(...query: Parameters<typeof calls.exportMessages>) {
        for await (const message of calls.exportMessages(...query)) yield { ...message, source };
      }
      const beside = { ...location, conversations: { ...calls, exportMessages } } as unknown as LocationClient;
      const text = `Text ${at}`;
      await calls.sendMessage({ body: { type: "SMS", contactId, message: text } });
      emulator.faults.add({ operation: "conversations.sendMessage", kind: "lost-answer", times: 1, afterEffect: false });
      const result = await run(() => createConversations(beside, { journal, clock }).send(sms(`k${at}`, text)));
      expect(result.outcome).toBe(source === "api" ? "sent" : "unknown");
    }
  });

  it("finds an e-mail by its subject", async () => {
    const email: OutgoingMessage = { channel: "email", to: contactId, subject: "Offer", html: "<p>Hello</p>", key: "k1" };
    emulator.faults.add({ operation: "conversations.sendMessage", kind: "lost-answer", times: 1, afterEffect: true });
    expect(await run(() => conversations.send(email))).toMatchObject({ outcome: "sent", how: "found" });
  });

  it("says who does not want messages, and sends again when that has changed", async () => {
    emulator.act.replyAs(contactId, "STOP");
    expect(await conversations.send(sms("k1"))).toEqual({ outcome: "opted_out", reason: "unsubscribed" });
    emulator.act.replyAs(contactId, "START");
    expect(await conversations.send(sms("k1"))).toMatchObject({ outcome: "sent", how: "now" });
    emulator.act.optOut(contactId, { channel: "sms" });
    expect(await conversations.send(sms("k2"))).toEqual({ outcome: "opted_out", reason: "dnd" });
  });

  it("says who cannot be reached", async () => {
    const { contact } = await location.contacts.create({ body: { email: "no-phone@example.com" } });
    expect(await conversations.send({ ...sms("k1"), to: contact.id })).toEqual({ outcome: "unreachable", why: "no_phone" });
  });

  it("throws what is no outcome", async () => {
    await expect(conversations.send(sms("k1", ""))).rejects.toMatchObject({ platformCode: "CONVERSATIONS_MSG_NO_CONTENT" });
    await expect(conversations.send({ ...sms("k2"), to: "missing" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("sends at a time, in the unit of the platform", async () => {
    const sendAt = clock.now() + 3_600_000;
    const result = await conversations.send({ ...sms("k1"), sendAt });
    if (result.outcome !== "sent") throw new Error(result.outcome);
    expect(await conversations.delivery(result.messageId, { withinMs: 0 })).toEqual({ outcome: "pending", status: "scheduled" });
    await clock.advance(3_600_001);
    expect(await run(() => conversations.delivery(result.messageId))).toMatchObject({ outcome: "delivered" });
  });

  it("does not compile without what a channel needs", () => {
    // @ts-expect-error an e-mail needs html
    void ({ channel: "email", to: "c", subject: "s", text: "t", key: "k" } satisfies OutgoingMessage);
    // @ts-expect-error a text message has no subject
    void ({ channel: "sms", to: "c", subject: "s", text: "t", key: "k" } satisfies OutgoingMessage);
    expectTypeOf<SendResult["outcome"]>().toEqualTypeOf<"sent" | "opted_out" | "unreachable" | "unknown">();
  });
});

describe("delivery", () => {
  it("watches until the status is final, after growing pauses, in the bulk lane", async () => {
    const looks: number[] = [];
    const begin = clock.now();
    const getMessage = (_input: object, { priority }: { readonly priority?: string } = {}) => {
      if (priority === "bulk") looks.push(clock.now() - begin);
      return Promise.resolve(
        looks.length < 5 ? { message: { status: "pending" } } : { message: { status: "failed", error: "No numbers available" } },
      );
    };
    const watched = createConversations({ conversations: { getMessage } } as never, { journal, clock });
    expect(await run(() => watched.delivery("m"))).toEqual({ outcome: "failed", status: "failed", reason: "No numbers available" });
    expect(looks).toEqual([0, 1000, 3000, 8000, 18_000]);
  });

  it("ends with pending when its time is up", async () => {
    const getMessage = () => Promise.resolve({ message: { status: "pending" } });
    const watched = createConversations({ conversations: { getMessage } } as never, { journal, clock });
    expect(await run(() => watched.delivery("m", { withinMs: 60_000 }))).toEqual({ outcome: "pending", status: "pending" });
  });
});

describe("threads", () => {
  it("are listed once each, the newest first, with what is unread; a history goes back message by message", async () => {
    for (let number = 0; number < 120; number += 1) {
      const phone = `+1415556${String(1000 + number)}`;
      const { contact } = await run(async () => location.contacts.create({ body: { phone } }));
      emulator.act.replyAs(contact.id, `Hello ${number}`);
      await clock.advance(1000);
    }
    const names: string[] = [];
    for await (const thread of conversations.threads({ show: "unread" })) names.push(`${thread.lastText} ${thread.unread}`);
    expect(new Set(names).size).toBe(120);
    expect(names.length).toBe(120);
    await conversations.send(sms("k1", "First"));
    await clock.advance(1000);
    const { messageId } = emulator.act.replyAs(contactId, "Second");
    const [newest] = await first(conversations.threads({ contactId }));
    expect(newest).toMatchObject({ contactId, unread: 1, lastText: "Second", lastDirection: "inbound" });
    const texts: (string | undefined)[] = [];
    for await (const message of conversations.history(newest?.id ?? "")) texts.push(message.body);
    expect([messageId === "", texts]).toEqual([false, ["Second", "First"]]);
  });
});

async function first<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  for await (const item of items) return [item];
  return [];
}

describe("calls", () => {
  it("have a recording and a transcript, or neither: that is no error", async () => {
    const { messageId } = emulator.act.callIn(contactId, { status: "no-answer" });
    expect(await conversations.recording(messageId)).toBeUndefined();
    expect(await conversations.transcript(messageId)).toBeUndefined();
    const answered = emulator.act.callIn(contactId, { status: "completed" });
    const recording = await conversations.recording(answered.messageId);
    const transcript = await conversations.transcript(answered.messageId);
    expect(recording === undefined ? "none" : recording.size > 0).toBe(true);
    expect(transcript?.every(({ text, endSeconds, startSeconds }) => text !== "" && endSeconds >= startSeconds)).toBe(true);
  });

  it("from elsewhere are written down once, through a lost answer", async () => {
    const { tokens, locationId } = emulator.seed;
    const { fetch } = watched;
    const ghl = createGhl({ token: tokens.appLocation, location: locationId, fetch, clock, retry: { maxAttempts: 1 } });
    const ofApp = createConversations(ghl.location(locationId), { journal, clock });
    const call = {
      key: "call-1",
      providerId: "provider-1",
      contactId,
      direction: "outbound",
      to: "+14155550101",
      from: "+12025550100",
      status: "completed",
    } as const;
    emulator.faults.add({ operation: "conversations.addOutboundMessage", kind: "lost-answer", times: 1, afterEffect: true });
    expect(await run(() => ofApp.logCall(call))).toMatchObject({ outcome: "logged", how: "found" });
    expect(await ofApp.logCall(call)).toMatchObject({ outcome: "logged", how: "before" });
    const calls: string[] = [];
    for await (const { id } of location.conversations.exportMessages({ contactId, channel: "Call" })) calls.push(id);
    expect(calls.length).toBe(1);
  });
});
