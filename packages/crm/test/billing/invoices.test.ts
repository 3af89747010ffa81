import { beforeEach, describe, expect, it } from "vitest";
import fc from "fast-check";
import { draftTotals, money, minorMoney, type InvoiceDraft, type KeyedDraft, type RecurringInvoice } from "../../src/billing/index.ts";
import { billingOnEmulator, type BillingBench } from "./billing-on-emulator.ts";

let bench: BillingBench;
beforeEach(() => void (bench = billingOnEmulator()));

const run = <Result>(program: () => Promise<Result>): Promise<Result> => bench.run(program);
const lose = (operation: string, afterEffect: boolean) =>
  bench.emulator.faults.add({ operation, kind: "lost-answer", times: 1, afterEffect });

const draft = (key: string, more: Partial<InvoiceDraft> = {}): KeyedDraft => ({
  key,
  name: "Braces",
  currency: "USD",
  lines: [{ name: "Check-up", quantity: 3, price: money("0.10", "USD") }],
  contact: { id: "contact", name: "Ann", email: "ann@example.com", phone: "+12025550123" },
  business: { name: "Shop" },
  issueDate: "2026-01-01",
  dueDate: "2026-01-08",
  ...more,
});

async function invoicesNamed(name: string): Promise<number> {
  let count = 0;
  for await (const invoice of bench.location.invoices.list({ limit: "100", offset: "0" }, { fresh: true }))
    if (invoice.name === name) count += 1;
  return count;
}

describe("createInvoice", () => {
  it("creates once for a key, to the cent", async () => {
    const made = await bench.billing.createInvoice(draft("q1"));
    expect(made).toMatchObject({ outcome: "created", how: "now", invoice: { status: "draft", total: { minor: 30 }, due: { minor: 30 } } });
    expect(await bench.billing.createInvoice(draft("q1"))).toEqual({ ...made, how: "before" });
    expect(await invoicesNamed("Braces")).toBe(1);
  });

  it("finds one whose answer was lost, and does not take another's for it", async () => {
    lose("invoices.create", true);
    expect(await run(() => bench.billing.createInvoice(draft("q1", { name: "Lost" })))).toMatchObject({ outcome: "created", how: "found" });
    lose("invoices.create", false);
    expect(await run(() => bench.billing.createInvoice(draft("q2", { name: "Never" })))).toMatchObject({ outcome: "unknown" });
    await bench.clock.advance(60_000);
    expect(await run(() => bench.billing.createInvoice(draft("q2", { name: "Never" })))).toMatchObject({ how: "now" });
    expect([await invoicesNamed("Lost"), await invoicesNamed("Never")]).toEqual([1, 1]);
  });

  it("says what the platform refuses, field by field, and may be called again", async () => {
    const contact = { id: "contact", name: "Ann", email: "a@b.c", phone: "call me" };
    expect(await bench.billing.createInvoice(draft("q1", { contact }))).toMatchObject({
      outcome: "refused",
      why: "invalid",
      fields: [{ field: "contactDetails.phoneNo" }],
    });
    expect(await bench.billing.createInvoice(draft("q1", { number: "1" }))).toMatchObject({ outcome: "refused", why: "platform" });
    expect(await bench.billing.createInvoice(draft("q1"))).toMatchObject({ outcome: "created", how: "now" });
  });
});

describe("createEstimate", () => {
  const { dueDate: _, ...rest } = draft("q1", { name: "Offer" });
  const offer = { ...rest, expiryDate: "2026-01-15", isLive: false };
  async function estimatesNamed(name: string): Promise<number> {
    let count = 0;
    const all = bench.location.invoices.listEstimates({ limit: "100", offset: "0" }, { fresh: true });
    for await (const estimate of all as unknown as AsyncIterable<{ readonly name: string }>) if (estimate.name === name) count += 1;
    return count;
  }

  it("creates once for a key, to the cent, and becomes an invoice with its lines", async () => {
    const made = await bench.billing.createEstimate(offer);
    expect(made).toMatchObject({
      outcome: "created",
      how: "now",
      estimate: { name: "Offer", status: "draft", total: { minor: 30 }, contactId: "contact", isLive: false, lines: [{ quantity: 3 }] },
    });
    expect(await bench.another().createEstimate(offer)).toEqual({ ...made, how: "before" });
    expect(await estimatesNamed("Offer")).toBe(1);
    if (made.outcome !== "created") throw new Error(made.outcome);
    const { lines, id: estimateId } = made.estimate;
    expect(lines).toMatchObject([{ name: "Check-up", price: { minor: 10, currency: "USD" } }]);
    expect(await run(() => bench.billing.createFromEstimate({ estimateId }))).toMatchObject({
      outcome: "created",
      invoice: { lines: [{ name: "Check-up", quantity: 3, price: { minor: 10, currency: "USD" } }], total: { minor: 30 } },
    });
  });

  it("finds one whose answer was lost, and makes one that never arrived", async () => {
    lose("invoices.createEstimate", true);
    expect(await run(() => bench.billing.createEstimate(offer))).toMatchObject({ outcome: "created", how: "found" });
    lose("invoices.createEstimate", false);
    const another = { ...offer, key: "q2", name: "Never" };
    expect(await run(() => bench.billing.createEstimate(another))).toMatchObject({ outcome: "unknown" });
    await bench.clock.advance(60_000);
    expect(await run(() => bench.billing.createEstimate(another))).toMatchObject({ how: "now" });
    expect([await estimatesNamed("Offer"), await estimatesNamed("Never")]).toEqual([1, 1]);
  });

  it("reports what the platform refuses, and may be called again", async () => {
    const contact = { id: "contact", name: "Ann", email: "a@b.c", phone: "call me" };
    expect(await bench.billing.createEstimate({ ...offer, contact })).toMatchObject({
      outcome: "refused",
      why: "invalid",
      fields: [{ field: "contactDetails.phoneNo" }],
    });
    expect(await bench.billing.createEstimate(offer)).toMatchObject({ outcome: "created", how: "now" });
  });
});

describe("createFromEstimate", () => {
  async function estimates(): Promise<readonly string[]> {
    const { locationId, tokens } = bench.emulator.seed;
    const headers = { authorization: `Bearer ${tokens.location}`, version: "v3" };
    const url = `https://emulator.test/invoices/estimate/list?altId=${locationId}&altType=location&limit=10&offset=0`;
    const { estimates: list } = (await (await bench.emulator.fetch(url, { headers })).json()) as { estimates: { _id: string }[] };
    return list.map(({ _id }) => _id);
  }

  it("makes one invoice of an estimate, in two tabs and through a lost answer", async () => {
    const [estimateId = ""] = await estimates();
    lose("invoices.createFromEstimate", true);
    const first = await run(() => bench.billing.createFromEstimate({ estimateId }));
    expect(first).toMatchObject({ outcome: "created", how: "found", invoice: { total: { minor: 90_000 } } });
    expect(await bench.another().createFromEstimate({ estimateId })).toEqual({ ...first, how: "before" });
    expect(await bench.billing.createFromEstimate({ estimateId, key: "again" })).toMatchObject({ outcome: "refused", why: "invoiced" });
    expect(await bench.billing.createFromEstimate({ estimateId: "f".repeat(24) })).toMatchObject({ outcome: "refused", why: "not_found" });
    expect(await invoicesNamed("Braces")).toBe(1);
  });

  it("takes an estimate that the list does not show yet", async () => {
    bench.emulator.faults.add({ operation: "*", kind: "replication-lag", lagMs: 5000 });
    const { dueDate: _, ...rest } = draft("q1", { name: "Offer" });
    const offered = await bench.billing.createEstimate({ ...rest, expiryDate: "2026-01-15" });
    if (offered.outcome !== "created") throw new Error(offered.outcome);
    expect(await bench.billing.createFromEstimate({ estimateId: offered.estimate.id })).toMatchObject({
      outcome: "created",
      how: "now",
      invoice: { total: { minor: 30 } },
    });
  });
});

describe("updateInvoice", () => {
  it("changes what is named, and loses nothing else", async () => {
    const made = await bench.billing.createInvoice(
      draft("q1", { terms: "Thirty days", title: "BILL", discount: { percent: 10 }, isLive: false }),
    );
    if (made.outcome !== "created") throw new Error(made.outcome);
    const { id } = made.invoice;
    const before = await bench.location.invoices.get({ invoiceId: id });
    const changed = await bench.billing.updateInvoice(id, { lines: [{ name: "Check-up", quantity: 4, price: money("0.10", "USD") }] });
    expect(changed).toMatchObject({ outcome: "updated", invoice: { total: { minor: 36 } } });
    const after = await bench.location.invoices.get({ invoiceId: id }, { fresh: true });
    const varying = { updatedAt: "", total: 0, amountDue: 0, totalSummary: {}, invoiceItems: [], traceId: "" };
    expect({ ...after, ...varying }).toEqual({ ...before, ...varying });
    expect(after).toMatchObject({ termsNotes: "Thirty days", title: "BILL", liveMode: false, discount: { value: 10 } });
    expect(await bench.billing.updateInvoice(id, { name: "Braces" })).toMatchObject({ outcome: "unchanged" });
  });

  it("refuses what is closed or not there", async () => {
    const invoiceId = await bench.bill(10);
    await bench.location.invoices.void({ invoiceId, body: {} });
    expect(await bench.billing.updateInvoice(invoiceId, { name: "x" })).toMatchObject({ outcome: "refused", why: "closed" });
    expect(await bench.billing.updateInvoice("f".repeat(24), { name: "x" })).toMatchObject({ outcome: "refused", why: "not_found" });
  });
});

describe("sendInvoice", () => {
  const created = async (): Promise<string> => {
    const made = await bench.billing.createInvoice(draft("q1"));
    return made.outcome === "created" ? made.invoice.id : "";
  };
  const send = (invoiceId: string, key: string, billing = bench.billing) =>
    billing.sendInvoice({ invoiceId, userId: "user", by: "email", key });

  it("sends a draft once, and finds that it went when the answer was lost", async () => {
    const id = await created();
    lose("invoices.send", true);
    expect(await run(() => send(id, "first"))).toMatchObject({ outcome: "sent", how: "found", invoice: { status: "sent" } });
    expect(await send(id, "first", bench.another())).toMatchObject({ outcome: "sent", how: "before" });
  });

  it("does not know whether a second sending went", async () => {
    const id = await created();
    await send(id, "first");
    lose("invoices.send", true);
    expect(await run(() => send(id, "again"))).toMatchObject({ outcome: "unknown" });
    await bench.clock.advance(120_000);
    expect(await run(() => send(id, "again"))).toMatchObject({ outcome: "unknown" });
  });

  it("refuses what is void or not there", async () => {
    const id = await created();
    await bench.location.invoices.void({ invoiceId: id, body: {} });
    expect(await send(id, "first")).toMatchObject({ outcome: "refused", why: "closed" });
    expect(await send("f".repeat(24), "first")).toMatchObject({ outcome: "refused", why: "not_found" });
  });
});

describe("recurring invoices", () => {
  it("are one schedule for a key, started, and ended", async () => {
    const { issueDate: _, dueDate: __, number: ___, ...rest } = draft("plan");
    const plan: RecurringInvoice = { ...rest, every: { unit: "month" }, startDate: "2027-01-31", until: 12 };
    lose("invoices.createSchedule", true);
    const started = await run(() => bench.billing.startRecurring(plan));
    if (started.outcome !== "started") throw new Error(started.outcome);
    expect(started.how).toBe("found");
    expect(await bench.billing.startRecurring(plan)).toEqual({ ...started, how: "before" });
    const { scheduleId } = started;
    expect(await bench.location.invoices.getSchedule({ scheduleId }, { fresh: true })).toMatchObject({ status: "scheduled" });
    expect(await bench.billing.cancelRecurring(scheduleId)).toEqual({ outcome: "cancelled" });
    expect(await bench.billing.cancelRecurring(scheduleId)).toEqual({ outcome: "cancelled" });
    expect(await bench.billing.cancelRecurring("f".repeat(24))).toMatchObject({ outcome: "refused", why: "not_found" });
  });
});

describe("draftTotals", () => {
  it("is what the platform makes of the draft, in three currencies", { timeout: 300_000 }, async () => {
    const line = (currency: string) =>
      fc.record({
        name: fc.constant("Line"),
        quantity: fc.integer({ min: 1, max: 9 }),
        price: fc.integer({ min: 0, max: 99_999 }).map((minor) => minorMoney(minor, currency)),
        taxes: fc.array(fc.record({ id: fc.constant("t"), name: fc.constant("Tax"), percent: fc.constantFrom(5, 7.7, 8.25, 19) }), {
          maxLength: 2,
        }),
        isTaxIncluded: fc.boolean(),
      });
    const drafts = fc.constantFrom("USD", "JPY", "KWD").chain((currency) =>
      fc.record({
        currency: fc.constant(currency),
        lines: fc.array(line(currency), { minLength: 1, maxLength: 4 }),
        discount: fc.oneof(
          fc.record({ percent: fc.constantFrom(0, 10, 33.3, 100) }),
          fc.record({ amount: fc.integer({ min: 0, max: 50_000 }).map((minor) => minorMoney(minor, currency)) }),
        ),
      }),
    );
    let count = 0;
    await fc.assert(
      fc.asyncProperty(drafts, async (drawn) => {
        const made = await bench.billing.createInvoice(draft(`draw ${(count += 1)}`, drawn));
        if (made.outcome !== "created") throw new Error(made.outcome);
        expect(draftTotals(drawn).total).toEqual(made.invoice.total);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it("names what is in the total", () => {
    const taxes = [{ id: "t", name: "VAT", percent: 10 }];
    const lines = [
      { name: "a", quantity: 2, price: money(50, "USD"), taxes },
      { name: "b", price: money(110, "USD"), taxes, isTaxIncluded: true },
    ];
    expect(draftTotals({ currency: "usd", lines, discount: { amount: money(21, "USD") } })).toEqual({
      subTotal: money(210, "USD"),
      discount: money(21, "USD"),
      tax: money(9, "USD"),
      includedTax: money(9, "USD"),
      total: money(198, "USD"),
    });
  });
});
