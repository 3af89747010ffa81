import { beforeEach, describe, expect, it } from "vitest";
import { createBilling, money, type InvoiceEvent, type Payment } from "../../src/billing/index.ts";
import { paidInParts } from "../samples/paid-in-parts.ts";
import { billingOnEmulator, type BillingBench } from "./billing-on-emulator.ts";

let bench: BillingBench;
let events: InvoiceEvent[];
beforeEach(() => {
  events = [];
  bench = billingOnEmulator({
    webhooks: {
      deliver: async (request) => {
        events.push((await request.json()) as InvoiceEvent);
        return new Response();
      },
    },
  });
  bench.emulator.webhooks.subscribe({ url: "https://app.example/webhooks" });
});

const run = <Result>(program: () => Promise<Result>): Promise<Result> => bench.run(program);
const pay = (invoiceId: string, key: string, amount: string): Promise<unknown> =>
  bench.billing.recordPayment({ invoiceId, key, amount: money(amount, "USD"), by: "cash" });
const ofInvoices = async (): Promise<readonly InvoiceEvent[]> => {
  await bench.emulator.webhooks.settle();
  return events.filter(({ type }) => type?.startsWith("Invoice"));
};

describe("an estimate becomes an invoice and is paid in two parts", () => {
  it("once, though an answer is lost and InvoicePaid comes twice", async () => {
    const { location, journal, emulator, clock } = bench;
    const estimates = await emulator.fetch(
      `https://emulator.test/invoices/estimate/list?altId=${emulator.seed.locationId}&altType=location&limit=10&offset=0`,
      { headers: { authorization: `Bearer ${emulator.seed.tokens.location}`, version: "v3" } },
    );
    const estimateId = ((await estimates.json()) as { estimates: { _id: string }[] }).estimates[0]?._id ?? "";
    const parts = ["400.10", "499.90"].map((amount) => ({
      amount: money(amount, "USD"),
      by: "bank_transfer" as const,
      key: `part ${amount}`,
    }));
    emulator.faults.add({ operation: "invoices.recordPayment", kind: "lost-answer", times: 1, afterEffect: true });
    expect(await run(() => paidInParts(createBilling(location, { journal, clock }), estimateId, parts))).toBe("$0.00 due");
    // Started again from the beginning, as after a crash: everything has happened before.
    expect(await run(() => paidInParts(createBilling(location, { journal, clock }), estimateId, parts))).toBe("$0.00 due");
    const mine = await ofInvoices();
    expect(mine.map(({ type }) => type)).toEqual(["InvoiceCreate", "InvoiceSent", "InvoicePartiallyPaid", "InvoicePaid"]);
    const invoiceId = mine[0]?._id ?? "";
    expect(await bench.transactions(invoiceId)).toEqual([400.1, 499.9]);
    const billing = createBilling(location, { journal, clock });
    const [created, sent, partly, paid] = mine as [InvoiceEvent, InvoiceEvent, InvoiceEvent, InvoiceEvent];
    const ledger = await billing.ledger({ invoices: [invoiceId], events: [paid, partly, paid, created, sent] });
    expect(ledger).toMatchObject({
      outcome: "balanced",
      differences: [],
      sums: [{ currency: "USD", paid: money(900, "USD"), received: money(900, "USD"), due: { minor: 0 } }],
    });
  });
});

describe("ledger", () => {
  it("adds up per currency, without drafts, void invoices and test money", async () => {
    const [dollars, yen] = [await bench.bill(100), await bench.bill(1200, "JPY")];
    await pay(dollars, "a", "40.10");
    await bench.billing.recordPayment({ invoiceId: yen, key: "b", amount: money(1200, "JPY"), by: "cash" });
    const [first] = await listed(bench.billing.transactions({ paysFor: dollars }));
    await bench.emulator.act.refund(first?.id ?? "", 0.1);
    const ledger = await bench.billing.ledger({ invoices: [dollars, yen] });
    expect(ledger).toMatchObject({
      outcome: "balanced",
      invoices: 2,
      transactions: 2,
      sums: [
        { currency: "JPY", invoiced: { minor: 1200 }, paid: { minor: 1200 }, due: { minor: 0 } },
        {
          currency: "USD",
          invoiced: { minor: 10_000 },
          paid: { minor: 4010 },
          due: { minor: 5990 },
          received: { minor: 4010 },
          refunded: { minor: 10 },
        },
      ],
    });
    await bench.location.invoices.void({ invoiceId: dollars, body: {} });
    const after = await bench.billing.ledger({ invoices: [dollars] });
    expect(after.sums).toMatchObject([{ invoiced: { minor: 0 }, paid: { minor: 4010 }, due: { minor: 0 } }]);
    expect((await bench.billing.ledger({ invoices: [dollars], mode: "test" })).invoices).toBe(0);
  });

  it("names a lost, a late and a foreign webhook", async () => {
    const id = await bench.bill(100);
    await pay(id, "a", "40");
    await pay(id, "b", "60");
    const mine = await ofInvoices();
    const of = (type: string) => mine.filter((event) => event.type === type);
    const ledger = (given: readonly InvoiceEvent[]) => bench.billing.ledger({ invoices: [id], events: given });
    expect((await ledger(mine.toReversed())).differences).toEqual([]);
    expect((await ledger(of("InvoicePartiallyPaid"))).differences).toEqual([
      { kind: "event_missing", invoiceId: id, reported: money(40, "USD"), paid: money(100, "USD") },
    ]);
    expect((await ledger([])).differences).toEqual([{ kind: "never_reported", invoiceId: id }]);
    const ahead = { ...(of("InvoicePaid")[0] as InvoiceEvent), amountPaid: 200 };
    expect((await ledger([ahead])).differences).toMatchObject([{ kind: "event_ahead" }]);
    const void_ = { ...(of("InvoicePaid")[0] as InvoiceEvent), status: "void" };
    expect((await ledger([void_])).differences).toMatchObject([{ kind: "event_status", reported: "void", status: "paid" }]);
    const other = { ...(of("InvoicePaid")[0] as InvoiceEvent), _id: "gone" };
    const all = await bench.billing.ledger({ events: [...mine, other] });
    expect(all.differences.filter(({ kind }) => kind === "reported_only")).toEqual([{ kind: "reported_only", invoiceId: "gone" }]);
  });

  it("names invoices and transactions that disagree", async () => {
    // The seed's own: paid in part and in full, without any transaction.
    const { differences, outcome } = await bench.billing.ledger();
    expect(outcome).toBe("different");
    expect(differences.map(({ kind }) => kind)).toEqual(["paid_unlike_transactions", "paid_unlike_transactions"]);
  });

  it("reads what differs again: a payment between the two lists is no difference", async () => {
    const id = await bench.bill(100);
    const { invoices, payments } = bench.location;
    let isPaid = false;
    const listTransactions = (...call: Parameters<typeof payments.listTransactions>) => {
      const pays = isPaid ? Promise.resolve() : pay(id, "between", "5");
      isPaid = true;
      return (async function* () {
        await pays;
        yield* payments.listTransactions(...call);
      })();
    };
    const billing = createBilling({ invoices, payments: { ...payments, listTransactions } } as never, {
      journal: bench.journal,
      clock: bench.clock,
    });
    expect((await billing.ledger({ invoices: [id] })).differences).toEqual([]);
  });
});

describe("orders and transactions", () => {
  it("are walked to their end", async () => {
    const orders = await listed(bench.billing.orders());
    expect(orders.map(({ amount, status }) => [amount.minor, status])).toEqual([
      [12_000, "completed"],
      [12_000, "pending"],
    ]);
    const [paid] = orders;
    const own = await listed(bench.billing.transactions({ paysFor: paid?.id ?? "" }));
    expect(own).toMatchObject([{ status: "succeeded", amount: money(120, "USD"), paysFor: { kind: "order" } }]);
    expect(await listed(bench.billing.transactions({ mode: "test" }))).toEqual([]);
  });
});

it("a payment is typed by its means", () => {
  const common = { invoiceId: "i", amount: money(1, "USD"), key: "k" };
  void ({ ...common, by: "card", card: { brand: "visa", last4: "4242" } } satisfies Payment);
  // @ts-expect-error a card payment names the card
  void ({ ...common, by: "card" } satisfies Payment);
  // @ts-expect-error cash has no card
  void ({ ...common, by: "cash", card: { brand: "visa", last4: "4242" } } satisfies Payment);
});

async function listed<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
