import { createMemoryStorage } from "@ghlkit/storage";
import { describe, expect, it } from "vitest";
import { createBilling, money } from "../../src/billing/index.ts";
import { createConversations } from "../../src/conversations/index.ts";
import { locationOnEmulator } from "../location-on-emulator.ts";

describe("a time that is no time in milliseconds", () => {
  const seconds = 1_900_000_000;

  it.each([seconds, Number.NaN, Number.POSITIVE_INFINITY, -1, 9e15])("is refused before anything is sent: %d", async (time) => {
    const { location, called } = locationOnEmulator();
    const { journal } = createMemoryStorage();
    const conversations = createConversations(location, { journal });
    const call = { key: "k", providerId: "p", contactId: "c", direction: "inbound", to: "+1", from: "+1", status: "completed" } as const;
    const calls: readonly Promise<unknown>[] = [
      // In seconds it would be sent at once, instead of in 2030.
      conversations.send({ key: "k", channel: "sms", to: "c", text: "Hello", sendAt: time }),
      conversations.logCall({ ...call, at: time }),
      createBilling(location, { journal }).recordPayment({ key: "k", invoiceId: "i", by: "cash", amount: money(1, "USD"), paidAt: time }),
    ];
    for (const one of calls) await expect(one).rejects.toMatchObject({ code: "invalid_request" });
    await expect(conversations.delivery("m", { withinMs: Number.NaN })).rejects.toMatchObject({ code: "invalid_request" });
    expect(called()).toEqual([]);
  });
});
