import { beforeEach, describe, expect, it } from "vitest";
import { draftTotals, formatMoney, minorMoney, money, readMoney, type InvoiceDraft, type Money } from "../../src/billing/index.ts";
import { billingOnEmulator, type BillingBench } from "./billing-on-emulator.ts";

let bench: BillingBench;
beforeEach(() => void (bench = billingOnEmulator()));

const line = (price: Money): InvoiceDraft["lines"][number] => ({ name: "Check-up", price });
const draft = (more: Partial<InvoiceDraft>): InvoiceDraft => ({
  name: "Bill",
  currency: "USD",
  lines: [line(money(100, "USD"))],
  contact: { id: "contact", name: "Ann", email: "ann@example.com" },
  business: { name: "Shop" },
  issueDate: "2026-01-01",
  dueDate: "2026-01-08",
  ...more,
});

describe("currencies", () => {
  it.each(["HUF", "COP", "IDR", "PKR", "LBP", "MGA", "RSD"])("keeps the hundredths of %s, which people there do not write", (currency) => {
    expect(money("12.50", currency).minor).toBe(1250);
    expect(readMoney("transaction.amount", 12.5, currency)).toEqual({ minor: 1250, currency });
    expect(formatMoney(minorMoney(1250, currency), "en")).toContain("12.50");
  });

  it("has the digits of ISO 4217 on every runtime", () => {
    for (const [currency, digits] of [
      ["JPY", 0],
      ["UGX", 0],
      ["IQD", 3],
      ["TND", 3],
      ["CLF", 4],
    ] as const)
      expect(money(`1${digits === 0 ? "" : `.${"0".repeat(digits - 1)}1`}`, currency).minor).toBe(digits === 0 ? 1 : 10 ** digits + 1);
  });

  it("bills and pays hundredths of forint", async () => {
    const invoiceId = await bench.bill(1250.5, "HUF");
    const paid = await bench.billing.recordPayment({ invoiceId, amount: money("1000.25", "HUF"), by: "cash", key: "huf" });
    expect(paid).toMatchObject({ outcome: "recorded", invoice: { due: { minor: 25_025, currency: "HUF" } } });
  });
});

describe("amounts that are not exact, or of another currency", () => {
  const yen = [line(money(100, "USD")), line(money(100, "JPY"))];
  const wrong: readonly Partial<InvoiceDraft>[] = [
    { lines: yen },
    { lines: [line({ minor: 1.5, currency: "USD" })] },
    { lines: [line({ minor: 150, currency: "usd" })] },
    { lines: [{ ...line(money(1, "USD")), quantity: Number.NaN }] },
    { discount: { amount: money(5, "EUR") } },
    { discount: { amount: money(-5, "USD") } },
    { discount: { percent: -10 } },
  ];

  it("are refused before anything is sent, and the key stays free", async () => {
    for (const more of wrong) {
      expect(() => draftTotals(draft(more))).toThrow();
      await expect(bench.billing.createInvoice({ key: "k", ...draft(more) })).rejects.toMatchObject({ code: "invalid_request" });
    }
    const made = await bench.billing.createInvoice({ key: "k", ...draft({}) });
    if (made.outcome !== "created") throw new Error(made.outcome);
    await expect(bench.billing.updateInvoice(made.invoice.id, { lines: yen })).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("are refused as payments, and so is a time that is none", async () => {
    const invoiceId = await bench.bill(100);
    const cash = { invoiceId, by: "cash", key: "a", amount: money(1, "USD") } as const;
    for (const more of [{ amount: { minor: 150.5, currency: "USD" } }, { amount: { minor: 1, currency: "usd" } }, { paidAt: Number.NaN }])
      await expect(bench.billing.recordPayment({ ...cash, ...more })).rejects.toMatchObject({ code: "invalid_request" });
    expect(await bench.billing.recordPayment(cash)).toMatchObject({ outcome: "recorded", how: "now" });
  });
});

describe("startRecurring", () => {
  it("refuses what would make no invoice", async () => {
    const { issueDate: _, dueDate: __, ...plan } = draft({});
    const start = (every: object, until?: string | number): Promise<unknown> =>
      bench.billing.startRecurring({
        key: "r",
        ...plan,
        every: { unit: "month", ...every },
        startDate: "2026-02-01",
        ...(until !== undefined && { until }),
      });
    for (const wrong of [start({ count: 0 }), start({ count: 1.5 }), start({}, 0), start({}, "2026-01-31")])
      await expect(wrong).rejects.toMatchObject({ code: "invalid_request" });
    expect(await start({ count: 2 }, "2026-12-31")).toMatchObject({ outcome: "started" });
  });
});
