import { describe, expect, it } from "vitest";
import { createBilling, money } from "../../src/billing/index.ts";
import { createBooking } from "../../src/booking/index.ts";
import { createConversations } from "../../src/conversations/index.ts";
import { createEmail } from "../../src/email/index.ts";
import { createWallet } from "../../src/marketplace/index.ts";
import { createOpportunities } from "../../src/opportunities/index.ts";
import { createMemoryStorage } from "@ghlkit/storage";
import { locationOnEmulator } from "../location-on-emulator.ts";

describe("a key that names nothing", () => {
  it.each(["", " ", undefined, null, 7])("is refused before anything is sent: %j", async (given) => {
    const { location, called } = locationOnEmulator();
    const { journal } = createMemoryStorage();
    const key = given as string;
    const booking = createBooking(location, { journal });
    const billing = createBilling(location, { journal });
    const conversations = createConversations(location, { journal });
    const wallet = createWallet(location, { journal, appId: "app", companyId: "company" });
    const invoice = {
      key,
      name: "Bill",
      currency: "USD",
      lines: [],
      contact: { id: "c", name: "Ann", email: "" },
      business: { name: "Shop" },
      issueDate: "2026-01-01",
    } as const;
    const calls: readonly Promise<unknown>[] = [
      booking.book({ key, slot: { calendarId: "c", startTime: "2026-10-05T09:00:00Z" }, contact: "c" }),
      booking.addNote({ key, appointmentId: "a", body: "note" }),
      conversations.send({ key, channel: "sms", to: "c", text: "Hello" }),
      conversations.logCall({ key, providerId: "p", contactId: "c", direction: "inbound", to: "+1", from: "+1", status: "completed" }),
      createEmail(location, { journal }).createTemplate({ key, title: "Hello", html: "<p>Hello</p>" } as never),
      billing.recordPayment({ key, invoiceId: "i", by: "cash", amount: money(1, "USD") }),
      billing.createInvoice({ ...invoice, dueDate: "2026-01-08" }),
      billing.createEstimate({ ...invoice, expiryDate: "2026-01-08" }),
      billing.sendInvoice({ key, invoiceId: "i", userId: "u", by: "email" }),
      billing.startRecurring({ ...invoice, every: { unit: "month" }, startDate: "2026-02-01" }),
      createOpportunities(location, { journal }).ensure({ contactId: "c", pipeline: "Sales", name: "Braces" }, { key }),
      wallet.charge({ key, meterId: "m", units: 1, description: "Look-up" }),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: "invalid_request", message: /key must be a text/ });
    expect(called()).toEqual([]);
  });
});
