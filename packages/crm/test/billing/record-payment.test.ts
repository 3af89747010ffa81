import { beforeEach, describe, expect, it } from "vitest";
import { createBilling, money, type Billing, type BillingClient, type Payment } from "../../src/billing/index.ts";
import { billingOnEmulator, type BillingBench } from "./billing-on-emulator.ts";

let bench: BillingBench;
let invoiceId: string;
beforeEach(async () => {
  bench = billingOnEmulator();
  invoiceId = await bench.bill(100);
});

const cash = (key: string, amount: string): Payment => ({ invoiceId, amount: money(amount, "USD"), by: "cash", key });
const run = <Result>(program: () => Promise<Result>): Promise<Result> => bench.run(program);
const loseAnswer = (afterEffect: boolean) =>
  bench.emulator.faults.add({ operation: "invoices.recordPayment", kind: "lost-answer", times: 1, afterEffect });

describe("recordPayment", () => {
  it("records once for a key, in parts, to the cent", async () => {
    const part = await bench.billing.recordPayment(cash("a", "40.10"));
    expect(part).toMatchObject({
      outcome: "recorded",
      how: "now",
      invoice: { status: "partially_paid", paid: { minor: 4010 }, due: { minor: 5990, currency: "USD" } },
    });
    expect(await bench.billing.recordPayment(cash("a", "40.10"))).toEqual({ ...part, how: "before" });
    expect(await bench.billing.recordPayment(cash("b", "59.90"))).toMatchObject({ invoice: { status: "paid", due: { minor: 0 } } });
    expect(await bench.transactions(invoiceId)).toEqual([40.1, 59.9]);
  });

  it("finds a payment whose answer was lost, also beside another of the same amount", async () => {
    await bench.billing.recordPayment(cash("a", "30"));
    loseAnswer(true);
    expect(await run(() => bench.billing.recordPayment(cash("b", "30")))).toMatchObject({
      outcome: "recorded",
      how: "found",
      invoice: { due: { minor: 4000 } },
    });
    expect(await bench.transactions(invoiceId)).toEqual([30, 30]);
  });

  it("takes no other payment of the same amount for its own", async () => {
    loseAnswer(false);
    expect(await run(() => bench.billing.recordPayment(cash("a", "30")))).toEqual({ outcome: "unknown", probeAfterMs: 60_000 });
    await bench.billing.recordPayment(cash("b", "30"));
    expect(await run(() => bench.billing.recordPayment(cash("a", "30")))).toMatchObject({ outcome: "unknown" });
    await bench.clock.advance(60_000);
    expect(await run(() => bench.billing.recordPayment(cash("a", "30")))).toMatchObject({ outcome: "recorded", how: "now" });
    expect(await bench.transactions(invoiceId)).toEqual([30, 30]);
  });

  it("leaves what cannot be distinguished to a person, where transactions show no time of payment", async () => {
    const { location, journal, clock } = bench;
    const payments = { ...location.payments, listTransactions: () => withoutTimes(location, invoiceId) };
    const billing = createBilling({ invoices: location.invoices, payments } as unknown as BillingClient, { journal, clock });
    loseAnswer(true);
    expect(await run(() => billing.recordPayment(cash("a", "30")))).toMatchObject({ outcome: "unknown" });
    await clock.advance(120_000);
    expect(await run(() => billing.recordPayment(cash("a", "30")))).toMatchObject({ outcome: "unknown" });
    expect(await bench.transactions(invoiceId)).toEqual([30]);
  });

  it("never records more than is due, and says what is", async () => {
    await bench.billing.recordPayment(cash("a", "99.99"));
    expect(await bench.billing.recordPayment(cash("b", "0.02"))).toMatchObject({
      outcome: "overpaid",
      due: { minor: 1, currency: "USD" },
    });
    // A later call with the key may pay what is due.
    expect(await bench.billing.recordPayment(cash("b", "0.01"))).toMatchObject({ outcome: "recorded", invoice: { status: "paid" } });
    expect(await bench.billing.recordPayment(cash("c", "1"))).toMatchObject({ outcome: "overpaid", due: { minor: 0 } });
  });

  it.each(["refuse", "cap", "accept"] as const)(
    "one of two processes that pay too much together wins, where the platform would %s",
    async (overpayment) => {
      bench = billingOnEmulator({ commerce: { overpayment } });
      invoiceId = await bench.bill(100);
      const { location, journal, clock } = bench;
      const another = (): Billing => createBilling(slowToPay(location), { journal, clock });
      const both = await run(() => Promise.all(["a", "b"].map((key) => another().recordPayment({ ...cash(key, "60"), invoiceId }))));
      expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(["overpaid", "recorded"]);
      expect(await bench.transactions(invoiceId)).toEqual([60]);
      expect(await bench.journal.unfinished()).toEqual([]);
    },
  );

  it("refuses what no payment can settle, and records nothing", async () => {
    expect(await bench.billing.recordPayment({ ...cash("a", "1"), amount: money(1, "EUR") })).toMatchObject({
      outcome: "refused",
      why: "currency",
    });
    expect(await bench.billing.recordPayment({ ...cash("a", "1"), invoiceId: "f".repeat(24) })).toMatchObject({
      outcome: "refused",
      why: "not_found",
    });
    await bench.location.invoices.void({ invoiceId, body: {} });
    expect(await bench.billing.recordPayment(cash("a", "1"))).toMatchObject({ outcome: "refused", why: "void" });
    expect(await bench.transactions(invoiceId)).toEqual([]);
  });

  it("throws when the platform is away, and the key is free again", async () => {
    bench.emulator.faults.add({ operation: "invoices.get", kind: "error", status: 503, times: 1 });
    await expect(bench.billing.recordPayment(cash("a", "1"))).rejects.toMatchObject({ code: "server" });
    expect(await bench.billing.recordPayment(cash("a", "1"))).toMatchObject({ outcome: "recorded", how: "now" });
  });

  it("pays yen without decimals", async () => {
    const yen = await bench.bill(1200, "JPY");
    const paid = await bench.billing.recordPayment({ invoiceId: yen, amount: money(500, "JPY"), by: "other", key: "yen" });
    expect(paid).toMatchObject({ outcome: "recorded", invoice: { due: { minor: 700, currency: "JPY" } } });
  });
});

async function* withoutTimes({ payments }: BillingBench["location"], entityId: string): AsyncGenerator<object> {
  for await (const { fulfilledAt: _, ...transaction } of payments.listTransactions({ entityId })) yield transaction;
}

/** Everyone has read what is due before the first payment is under way. */
function slowToPay({ invoices, payments }: BillingBench["location"]): BillingClient {
  const recordPayment = async (...call: Parameters<typeof invoices.recordPayment>): Promise<unknown> => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    return invoices.recordPayment(...call);
  };
  return {
    payments,
    invoices: { ...invoices, get: (...call: Parameters<typeof invoices.get>) => invoices.get(...call), recordPayment },
  } as unknown as BillingClient;
}
