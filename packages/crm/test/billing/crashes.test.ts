import { beforeEach, describe, expect, it } from "vitest";
import type { Journal } from "@ghlkit/storage";
import { createBilling, money, type Billing, type KeyedDraft, type Payment } from "../../src/billing/index.ts";
import { billingOnEmulator, type BillingBench } from "./billing-on-emulator.ts";

let bench: BillingBench;
let invoiceId: string;
beforeEach(async () => {
  bench = billingOnEmulator();
  invoiceId = await bench.bill(100);
});

const run = <Result>(program: () => Promise<Result>): Promise<Result> => bench.run(program);
const payment = (): Payment => ({ invoiceId, amount: money(30, "USD"), by: "cash", key: "a" });

/** Starts a work in a process that dies when it would note the end of its effect: the write went out, and its leases stay. */
async function crash(effect: string, work: (billing: Billing) => Promise<unknown>): Promise<void> {
  const { location, journal, clock } = bench;
  const dead = Promise.withResolvers<void>();
  const never = (): Promise<never> => new Promise(() => {});
  const dying: Journal = {
    ...journal,
    finish: (key, result) => {
      if (!key.startsWith(effect) || key.endsWith(":before")) return journal.finish(key, result);
      dead.resolve();
      return never();
    },
    abandon: never,
    extend: never,
  };
  void work(createBilling(location, { journal: dying, clock }));
  await dead.promise;
}

describe("after a process died that had written, and noted nothing", () => {
  it("another one finds the payment, once the lease is over", async () => {
    await crash("payment:", (billing) => billing.recordPayment(payment()));
    expect(await run(() => bench.another().recordPayment(payment()))).toMatchObject({ outcome: "recorded", how: "found" });
    expect(await bench.transactions(invoiceId)).toEqual([30]);
    expect(await bench.journal.unfinished()).toEqual([]);
  });

  it("another one finds the invoice", async () => {
    const draft: KeyedDraft = {
      key: "q1",
      name: "Once",
      currency: "USD",
      lines: [{ name: "Work", price: money(5, "USD") }],
      contact: { id: "contact", name: "Ann", email: "ann@example.com" },
      business: { name: "Shop" },
      issueDate: "2027-01-01",
      dueDate: "2027-01-08",
    };
    await crash("invoice-create:", (billing) => billing.createInvoice(draft));
    expect(await run(() => bench.another().createInvoice(draft))).toMatchObject({ outcome: "unknown" });
    await bench.clock.advance(30_001);
    const found = await run(() => bench.another().createInvoice(draft));
    expect(found).toMatchObject({ outcome: "created", how: "found", invoice: { total: { minor: 500 } } });
  });

  it("another one finds that a draft was sent", async () => {
    const made = await bench.location.invoices.list({ limit: "100", offset: "0", status: "draft" });
    const draft = made.invoices[0]?._id ?? "";
    const outgoing = { invoiceId: draft, userId: "user", by: "email", key: "first" } as const;
    await crash(`invoice-send::${draft}:first`, (billing) => billing.sendInvoice(outgoing));
    await bench.clock.advance(30_001);
    expect(await run(() => bench.another().sendInvoice(outgoing))).toMatchObject({ outcome: "sent", how: "found" });
  });
});
