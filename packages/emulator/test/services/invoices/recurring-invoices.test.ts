import { beforeEach, describe, expect, test } from "vitest";
import { occurrences } from "../../../src/services/invoices/occurrences.ts";
import { contactDetails, createInvoiceClient, lines, type InvoiceClient } from "./invoice-client.ts";

let client: InvoiceClient;
const startMs = Date.parse("2027-01-30T15:00:00Z");
const dayMs = 86_400_000;
beforeEach(() => {
  client = createInvoiceClient({ clock: { now: () => startMs } });
});

async function schedule(rrule: object, more: object = {}): Promise<string> {
  const items = [...lines, { name: "Setup", qty: 1, amount: 20, currency: "USD", isSetupFeeItem: true }];
  const details = { businessDetails: { name: "Shop" }, currency: "USD", discount: { type: "percentage", value: 0 }, liveMode: true };
  const body = { ...client.tenant, name: "Plan", contactDetails, ...details, items, schedule: { rrule }, ...more };
  const { body: made } = await client.call("POST", "/invoices/schedule", { body });
  await client.call("POST", `/invoices/schedule/${made._id}/schedule`, { body: { ...client.tenant, liveMode: true } });
  return made._id;
}
const read = async (id: string) =>
  (await client.call("GET", `/invoices/schedule/${id}?altId=${client.tenant.altId}&altType=location`)).body;

describe("a schedule", () => {
  test("makes and sends an invoice each time on the emulator's clock, with the fee for setting up once, and ends", async () => {
    const id = await schedule({ intervalType: "monthly", interval: 1, startDate: "2027-01-31", count: 3 });
    expect(await read(id)).toMatchObject({ status: "scheduled", invoices: [] });
    await client.emulator.clock.run(2 * dayMs);
    expect(await read(id)).toMatchObject({ status: "active", invoices: [{ total: 100, status: "sent", invoiceNumber: "6" }] });
    await client.emulator.clock.run(90 * dayMs);
    const { status, invoices } = await read(id);
    expect(status).toBe("completed");
    expect(invoices.map(({ issueDate, total }: { issueDate: string; total: number }) => [issueDate.slice(0, 10), total])).toEqual([
      ["2027-01-31", 100],
      ["2027-02-28", 80],
      ["2027-03-31", 80],
    ]);
    expect(await client.events()).toEqual(Array.from({ length: 3 }, () => ["InvoiceCreate", "InvoiceSent"]).flat());
  });

  test("makes no more when it is cancelled, and cannot be started again", async () => {
    const id = await schedule({ intervalType: "daily", interval: 1, startDate: "2027-01-31" });
    await client.emulator.clock.run(3 * dayMs);
    const before = (await read(id)).invoices.length as number;
    expect(before).toBe(3);
    const act = (action: string, body: object = {}) =>
      client.call("POST", `/invoices/schedule/${id}/${action}`, { body: { ...client.tenant, ...body } });
    await act("cancel");
    await client.emulator.clock.run(5 * dayMs);
    expect(await read(id)).toMatchObject({ status: "cancelled", invoices: { length: before } });
    expect((await act("schedule", { liveMode: true })).body.message).toBe("A cancelled schedule cannot be started");
    expect((await act("cancel")).body.message).toBe("The schedule has been cancelled already");
  });

  test("of a draft makes none", async () => {
    const body = {
      ...client.tenant,
      name: "Plan",
      contactDetails,
      businessDetails: { name: "Shop" },
      currency: "USD",
      discount: { type: "percentage", value: 0 },
      liveMode: true,
      items: lines,
      schedule: { rrule: { intervalType: "daily", interval: 1, startDate: "2027-01-31" } },
    };
    await client.call("POST", "/invoices/schedule", { body });
    await client.emulator.clock.run(5 * dayMs);
    expect(await client.events()).toEqual([]);
  });
});

describe("late fees", () => {
  const lateFeesConfiguration = {
    enable: true,
    value: 10,
    type: "percentage",
    frequency: { intervalCount: 1, interval: "day" },
    grace: { intervalCount: 2, interval: "day" },
    maxLateFees: { type: "fixed", value: 20 },
  };

  test("are added after the days of grace, up to their maximum, without an event, and are due", async () => {
    const id = await client.sent({ dueDate: "2027-01-31", lateFeesConfiguration });
    await client.events();
    await client.emulator.clock.run(3 * dayMs);
    expect(await client.read(id)).toMatchObject({ total: 80, amountDue: 80 });
    await client.emulator.clock.run(dayMs);
    expect(await client.read(id)).toMatchObject({ total: 88, amountDue: 88, status: "sent" });
    await client.emulator.clock.run(10 * dayMs);
    expect(await client.read(id)).toMatchObject({ total: 100, amountDue: 100 });
    expect(await client.events()).toEqual([]);
    await client.pay(id);
    expect(await client.read(id)).toMatchObject({ status: "paid", amountPaid: 100, amountDue: 0 });
  });

  test("of what is due, by a switch; none once it is paid", async () => {
    client = createInvoiceClient({ clock: { now: () => startMs }, commerce: { lateFeeBase: "due" } });
    const id = await client.sent({
      dueDate: "2027-01-31",
      lateFeesConfiguration: { ...lateFeesConfiguration, frequency: { intervalCount: 1, interval: "one_time" }, grace: undefined },
    });
    await client.pay(id, 30);
    await client.emulator.clock.run(5 * dayMs);
    expect(await client.read(id)).toMatchObject({ total: 85, amountDue: 55 });
    const paid = await client.sent({ dueDate: "2027-02-05", lateFeesConfiguration });
    await client.pay(paid);
    await client.emulator.clock.run(30 * dayMs);
    expect(await client.read(paid)).toMatchObject({ total: 80, status: "paid" });
  });
});

describe("occurrences", () => {
  const days = (rrule: object, count = 4): readonly string[] => {
    const found: string[] = [];
    for (const { atMs } of occurrences({ rrule }, "America/New_York")) {
      found.push(new Date(atMs).toISOString());
      if (found.length === count) break;
    }
    return found;
  };

  test("keep the local time over the change of the clocks", () => {
    expect(days({ intervalType: "weekly", interval: 1, startDate: "2027-03-01", startTime: "09:00", dayOfWeek: "su" }, 3)).toEqual([
      "2027-03-07T14:00:00.000Z",
      "2027-03-14T13:00:00.000Z",
      "2027-03-21T13:00:00.000Z",
    ]);
  });

  test("end at their date or count, and clamp the 31st", () => {
    expect(
      days({ intervalType: "monthly", interval: 1, startDate: "2027-01-31", endDate: "2027-03-31" }).map((day) => day.slice(0, 10)),
    ).toEqual(["2027-01-31", "2027-02-28", "2027-03-31"]);
    expect(days({ intervalType: "yearly", interval: 2, startDate: "2028-02-29", count: 2 }).map((day) => day.slice(0, 10))).toEqual([
      "2028-02-29",
      "2030-02-28",
    ]);
    expect(days({ intervalType: "hourly", interval: 6, startDate: "2027-01-01" }, 2)).toEqual([
      "2027-01-01T05:00:00.000Z",
      "2027-01-01T11:00:00.000Z",
    ]);
    expect([...occurrences({ executeAt: "2027-01-01T12:00:00Z" }, "UTC")]).toEqual([
      { atMs: Date.parse("2027-01-01T12:00:00Z"), day: "2027-01-01" },
    ]);
  });
});
