import { describe, expect, it } from "vitest";
import { openProvider, type ProviderBench } from "./provider-on-emulator.ts";

const readStatus = (bench: ProviderBench, messageId: string): Promise<string | undefined> => bench.statusOf(messageId);

describe("a message to deliver", () => {
  it("goes to the carrier once, and its report comes back by the carrier's id", async () => {
    const bench = await openProvider();
    const messageId = await bench.sendText("Your table is free");
    expect(bench.carried).toMatchObject([{ messageId, channel: "sms", to: "+14155550101", text: "Your table is free" }]);
    const carrierId = `carrier-${messageId}`;
    expect(await bench.provider.status({ carrierId }, { status: "delivered" })).toEqual({ outcome: "reported" });
    expect(await readStatus(bench, messageId)).toBe("delivered");
    expect(await bench.provider.status({ carrierId: "unknown" }, { status: "delivered" })).toEqual({ outcome: "not_found" });
  });

  it("goes once however often it is posted, under the same id of the webhook or another", async () => {
    const bench = await openProvider();
    await bench.sendText("Once");
    const [delivery] = bench.emulator.webhooks.deliveries();
    const body = JSON.parse(delivery?.body ?? "{}") as Record<string, unknown>;
    for (const webhookId of [body["webhookId"], "another"]) {
      const { body: bytes, headers } = await bench.emulator.webhooks.sign({ ...body, webhookId });
      const request = new Request("https://provider.example", { method: "POST", body: bytes, headers });
      expect((await bench.provider.receiver(request)).status).toBe(200);
    }
    await bench.work();
    expect(bench.carried.length).toBe(1);
  });

  it("that is forged is refused and not delivered", async () => {
    const bench = await openProvider();
    const body = JSON.stringify({
      messageId: "m",
      locationId: "l",
      contactId: "c",
      type: "SMS",
      phone: "+1",
      message: "x",
      webhookId: "w",
    });
    expect((await bench.provider.receiver(new Request("https://provider.example", { method: "POST", body }))).status).toBe(401);
    await bench.work();
    expect(bench.carried).toEqual([]);
  });

  it("is not sent again after an error of the carrier, and is reported as failed", async () => {
    const bench = await openProvider({ deliver: () => Promise.reject(new Error("socket hang up")) });
    const messageId = await bench.sendText("Once");
    await bench.work();
    expect(bench.carried.length).toBe(1);
    expect(await readStatus(bench, messageId)).toBe("failed");
  });

  it("is sent again when the carrier says that it does not have it", async () => {
    let calls = 0;
    const bench = await openProvider({
      deliver: () => {
        calls += 1;
        return calls === 1 ? Promise.reject(new Error("socket hang up")) : Promise.resolve({ outcome: "delivered" });
      },
      wasDelivered: () => Promise.resolve("no"),
    });
    const messageId = await bench.sendText("Twice");
    await bench.clock.advance(600_000);
    await bench.work();
    expect([calls, await readStatus(bench, messageId)]).toEqual([2, "delivered"]);
  });

  it("does not go to a contact who opted out after it was written", async () => {
    const bench = await openProvider();
    await bench.location.contacts.update({ contactId: bench.contactId, body: { dndSettings: { sms: { status: "inactive" } } } });
    const { run, provider, contactId, emulator } = bench;
    const { locationId } = emulator.seed;
    const body = { type: "SMS", contactId, message: "Late", conversationProviderId: "provider-1" } as const;
    const { messageId } = await bench.location.conversations.sendMessage({ body });
    await emulator.webhooks.settle();
    expect(await run(() => provider.inbound({ locationId, altId: "a1", contactId, text: "Stop!", type: "SMS" }))).toMatchObject({
      outcome: "added",
      consent: "opted_out",
    });
    await bench.work();
    expect(bench.carried).toEqual([]);
    expect(await readStatus(bench, messageId)).toBe("failed");
  });

  it("that people send again after it failed names the failed one as a guess", async () => {
    const guesses: (string | undefined)[] = [];
    const bench = await openProvider({
      deliver: async (_, { retryOf }) => {
        guesses.push(await retryOf());
        return guesses.length === 1 ? { outcome: "failed", reason: "No route" } : { outcome: "delivered" };
      },
    });
    const first = await bench.sendText("Hello");
    await bench.sendText("Hello");
    expect(guesses).toEqual([undefined, first]);
  });
});

describe("a status", () => {
  it("only goes forward, whatever the order of the reports", async () => {
    const bench = await openProvider();
    const messageId = await bench.sendText("Hello");
    const message = { messageId, locationId: bench.emulator.seed.locationId };
    const { status } = bench.provider;
    expect(await status(message, { status: "read" })).toEqual({ outcome: "reported" });
    expect(await status(message, { status: "delivered" })).toEqual({ outcome: "older", than: "read" });
    expect(await status(message, { status: "pending" })).toMatchObject({ outcome: "older" });
    expect(await status(message, { status: "failed", reason: "late" })).toMatchObject({ outcome: "older" });
    expect(await readStatus(bench, messageId)).toBe("read");
  });

  it("waits until HighLevel knows the message", async () => {
    const bench = await openProvider();
    const messageId = await bench.sendText("Hello");
    const message = { messageId, locationId: bench.emulator.seed.locationId };
    const unknown = { statusCode: 404, message: `Message with id ${messageId} not found` };
    bench.emulator.faults.add({ operation: "conversations.updateMessageStatus", kind: "error", status: 404, body: unknown, times: 3 });
    expect(await bench.run(() => bench.provider.status(message, { status: "delivered" }))).toEqual({ outcome: "reported" });
    expect(await readStatus(bench, messageId)).toBe("delivered");
    bench.emulator.faults.add({ operation: "conversations.updateMessageStatus", kind: "error", status: 404, body: unknown });
    expect(await bench.run(() => bench.provider.status(message, { status: "read" }))).toEqual({ outcome: "not_found" });
    bench.emulator.faults.clear();
    expect(await bench.run(() => bench.provider.status(message, { status: "read" }))).toEqual({ outcome: "reported" });
  });

  it("that failed has the carrier's reason", async () => {
    const bench = await openProvider({ deliver: () => Promise.resolve({ outcome: "failed", reason: "No route to the number" }) });
    const messageId = await bench.sendText("Hello");
    expect(await readStatus(bench, messageId)).toBe("failed");
  });
});

describe("a delivery whose message HighLevel does not know for long", () => {
  it("is not delivered again, and its end is reported later", async () => {
    const bench = await openProvider({ deliver: () => Promise.resolve({ outcome: "delivered" }) });
    bench.emulator.faults.add({
      operation: "conversations.updateMessageStatus",
      kind: "error",
      status: 404,
      body: { statusCode: 404, message: "Message not found" },
    });
    const messageId = await bench.sendText("Hello");
    bench.emulator.faults.clear();
    await bench.clock.advance(600_000);
    await bench.work();
    expect([bench.carried.length, await readStatus(bench, messageId)]).toEqual([1, "delivered"]);
  });
});

describe("a message that came in", () => {
  it("is written down once, through a lost answer, and START opens the channel again", async () => {
    const bench = await openProvider();
    const { provider, contactId, emulator, run } = bench;
    const { locationId } = emulator.seed;
    const inbound = { locationId, altId: "a1", contactId, text: "Is it free?", type: "SMS" } as const;
    emulator.faults.add({ operation: "conversations.addInboundMessage", kind: "lost-answer", times: 1, afterEffect: true });
    expect(await run(() => provider.inbound(inbound))).toMatchObject({ outcome: "added", how: "found", consent: undefined });
    expect(await run(() => provider.inbound(inbound))).toMatchObject({ outcome: "added", how: "before" });
    await run(() => provider.inbound({ ...inbound, altId: "a2", text: "STOP" }));
    expect(await run(() => provider.inbound({ ...inbound, altId: "a3", text: "start" }))).toMatchObject({ consent: "opted_in" });
    const texts: (string | undefined)[] = [];
    for await (const { body, direction } of bench.location.conversations.exportMessages({ contactId })) {
      if (direction === "inbound") texts.push(body);
    }
    expect(new Set(texts)).toEqual(new Set(["Is it free?", "STOP", "start"]));
    await bench.sendText("Yes");
    expect(bench.carried.length).toBe(1);
  });

  it("of a contact who is not there is refused", async () => {
    const bench = await openProvider();
    const { locationId } = bench.emulator.seed;
    const inbound = { locationId, altId: "a1", contactId: "unknown", text: "Hello", type: "SMS" } as const;
    expect(await bench.run(() => bench.provider.inbound(inbound))).toMatchObject({ outcome: "refused" });
  });
});
