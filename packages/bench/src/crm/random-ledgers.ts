import { createManualClock, runOnClock, type ManualClock } from "@ghlkit/core/testing";
import { addMoney, createBilling, majorText, minorMoney, type Billing, type InvoiceEvent, type Money } from "@ghlkit/crm/billing";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createMemoryStorage, type Journal } from "@ghlkit/storage";
import { createGhl, isGhlError, type LocationClient } from "ghlkit";
import { measure, type Measure } from "../measure.ts";
import { seeded } from "../resilience/seeded.ts";
import { plainPayments } from "./plain-payments.ts";
import { readBooksOf, type Books } from "./books-of-emulator.ts";

const ledgers = 1000;
const perEmulator = 50;
const currencies = ["USD", "EUR", "JPY"] as const;

/** One payment that came in: what is to be recorded for it. */
export interface IncomingPayment {
  readonly key: string;
  readonly amount: Money;
}

/** An invoice with the payments that come in for it, in random parts; the last one may be too much. */
export interface RandomLedger {
  readonly invoiceId: string;
  readonly total: Money;
  readonly payments: readonly IncomingPayment[];
}

/** An account with its webhooks, on a clock that stands still. */
export interface Account {
  readonly clock: ManualClock;
  readonly emulator: Emulator;
  readonly location: LocationClient;
  readonly journal: Journal;
  readonly events: InvoiceEvent[];
}

interface Found {
  /** What program and emulator differ by, in major units of the invoice's currency. */
  readonly difference: number;
  readonly twice: number;
  readonly missing: number;
  readonly unresolved: number;
  readonly falseAlarms: number;
}

/** Random ledgers with partial and repeated payments, lost answers, webhooks in any order: what the helper says, against what the emulator has. */
export async function randomLedgers(): Promise<readonly Measure[]> {
  const ours = await sumOver((account, random) => billingOver(account, random));
  const plain = await sumOver((account, random) => plainPayments(account, random, draw(account, random)));
  const label = `${ledgers.toLocaleString("en-US")} ledgers, partial payments, 20 % lost answers, repetitions, two processes, reordered webhooks, USD EUR JPY`;
  const other = "a program that repeats lost calls";
  return [
    measure(`${label}: difference to the emulator, in major units`, ours.difference, "", { atMost: 0 }),
    measure(`${label}: ledgers that differ from the emulator`, ours.differing, "", { atMost: 0 }, { [other]: plain.differing }),
    measure(`${label}: payments recorded twice`, ours.twice, "", { atMost: 0 }, { [other]: plain.twice }),
    measure(`${label}: payments reported as recorded that are not there`, ours.missing, "", { atMost: 0 }, { [other]: plain.missing }),
    measure(`${label}: payments whose outcome stayed unknown`, ours.unresolved, "", { atMost: 0 }),
    measure(`${label}: differences that the ledger names though there are none`, ours.falseAlarms, "", { atMost: 0 }),
  ];
}

async function sumOver(
  program: (account: Account, random: () => number) => Promise<readonly Found[]>,
): Promise<Found & { readonly differing: number }> {
  const random = seeded(16);
  const found: Found[] = [];
  for (let at = 0; at < ledgers; at += perEmulator) {
    const account = openAccount();
    found.push(...(await runOnClock(account.clock, () => program(account, random))));
  }
  const sum = (name: keyof Found): number => found.reduce((all, one) => all + one[name], 0);
  return {
    difference: sum("difference"),
    differing: found.filter(({ difference }) => difference > 0).length,
    twice: sum("twice"),
    missing: sum("missing"),
    unresolved: sum("unresolved"),
    falseAlarms: sum("falseAlarms"),
  };
}

function openAccount(): Account {
  const clock = createManualClock();
  const events: InvoiceEvent[] = [];
  const deliver = async (request: Request): Promise<Response> => {
    events.push((await request.json()) as InvoiceEvent);
    return new Response();
  };
  const emulator = createEmulator({ clock, enforceBurstLimit: false, enforceDailyQuota: false, journalSize: 0, webhooks: { deliver } });
  emulator.webhooks.subscribe({ url: "https://app.example/webhooks" });
  const { tokens, locationId } = emulator.seed;
  const fetch = (url: string, init: RequestInit): Promise<Response> => emulator.fetch(new Request(url, init));
  const limits = { limit: 1_000_000 };
  const ghl = createGhl({ token: tokens.location, location: locationId, fetch, clock, limits, retry: { maxAttempts: 1 } });
  const { journal } = createMemoryStorage({ clock });
  return { clock, emulator, location: ghl.location(locationId), journal, events };
}

/** Invoices with random totals, and payments that come in for them. */
async function* draw({ location }: Account, random: () => number): AsyncGenerator<RandomLedger> {
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  for (let at = 0; at < perEmulator; at += 1) {
    const currency = currencies[whole(0, 2)] ?? "USD";
    const total = minorMoney(whole(100, 500_000), currency);
    const { _id: invoiceId } = await location.invoices.create({ body: bodyOf(total) });
    await location.invoices.send({ invoiceId, body: { userId: "user", action: "email", liveMode: true } });
    const payments: IncomingPayment[] = [];
    let left = total.minor;
    for (let part = whole(1, 6); part > 0 && left > 0; part -= 1) {
      const minor = part === 1 ? left + (random() < 0.2 ? whole(1, 500) : 0) : whole(1, left);
      payments.push({ key: `${invoiceId}-${payments.length}`, amount: minorMoney(minor, currency) });
      left -= minor;
    }
    yield { invoiceId, total, payments };
  }
}

function bodyOf(total: Money): Parameters<LocationClient["invoices"]["create"]>[0]["body"] {
  const { currency } = total;
  return {
    name: "Ledger",
    currency,
    items: [{ name: "Work", qty: 1, amount: Number(majorText(total)), currency }],
    discount: { type: "percentage", value: 0 },
    contactDetails: { id: "contact", name: "Ann", phoneNo: "", email: "ann@example.com" },
    businessDetails: { name: "Shop" },
    issueDate: "2027-01-01",
    dueDate: "2027-01-31",
    sentTo: { email: [] },
    liveMode: true,
  };
}

async function billingOver(account: Account, random: () => number): Promise<readonly Found[]> {
  const { clock, location, journal, emulator, events } = account;
  const processes = [0, 1].map(() => createBilling(location, { journal, clock }));
  const all: { readonly ledger: RandomLedger; readonly said: ReadonlyMap<string, Money>; readonly unresolved: number }[] = [];
  for await (const ledger of draw(account, random)) all.push({ ledger, ...(await payAll(ledger, processes, account, random)) });
  await emulator.webhooks.settle();
  await emulator.webhooks.settle();
  const billing = createBilling(location, { journal, clock });
  const found: Found[] = [];
  for (const { ledger, said, unresolved } of all) {
    const own = events.filter(({ _id, type }) => _id === ledger.invoiceId && type?.startsWith("Invoice") === true);
    const report = await runOnClock(clock, () =>
      billing.ledger({ invoices: [ledger.invoiceId], events: shuffled([...own, ...own], random) }),
    );
    const [sums] = report.sums;
    found.push({
      ...compare(ledger, said, await readBooksOf(emulator, ledger.invoiceId), sums?.paid),
      unresolved,
      falseAlarms: report.differences.length,
    });
  }
  return found;
}

/** Each payment is handed in twice, at the same time or one after the other, by two processes; what stays unknown is asked again after a while. */
async function payAll(
  { invoiceId, payments }: RandomLedger,
  processes: readonly Billing[],
  { clock, emulator }: Account,
  random: () => number,
): Promise<{ readonly said: ReadonlyMap<string, Money>; readonly unresolved: number }> {
  const said = new Map<string, Money>();
  const open = new Set<string>();
  const hand = async (billing: Billing | undefined, { key, amount }: IncomingPayment): Promise<void> => {
    try {
      const result = await billing?.recordPayment({ invoiceId, amount, by: "bank_transfer", key });
      if (result?.outcome === "unknown") open.add(key);
      else open.delete(key);
      if (result?.outcome === "recorded") said.set(key, amount);
    } catch (error) {
      if (!isGhlError(error)) throw error;
      // Certainly not recorded: handed in again below.
      open.add(key);
    }
  };
  for (const payment of payments) {
    if (random() < 0.2) loseAnswer(emulator, random() < 0.5);
    if (random() < 0.5) await Promise.all(processes.map((billing) => hand(billing, payment)));
    else for (const billing of processes) await hand(billing, payment);
    emulator.faults.clear();
    for (let round = 0; round < 5 && open.has(payment.key); round += 1) {
      await new Promise<void>((resolve) => void clock.after(60_000, resolve));
      await hand(processes[round % 2], payment);
    }
  }
  return { said, unresolved: open.size };
}

/** The next `record-payment` loses its answer, before or after it took effect. */
export function loseAnswer(emulator: Emulator, afterEffect: boolean): void {
  emulator.faults.add({ operation: "invoices.recordPayment", kind: "lost-answer", times: 1, afterEffect });
}

/** What a program says of an invoice, against what the emulator has. */
export function compare(
  { total, payments }: RandomLedger,
  said: ReadonlyMap<string, Money>,
  books: Books,
  paid: Money | undefined,
): Pick<Found, "difference" | "twice" | "missing"> {
  const { currency } = total;
  const sum = addMoney(minorMoney(0, currency), ...said.values());
  const minor = Math.abs((paid ?? sum).minor - books.paidMinor) + Math.abs(sum.minor - books.receivedMinor);
  const digits = currency === "JPY" ? 0 : 2;
  const counts = Map.groupBy(books.amounts, (amount) => amount);
  const expected = Map.groupBy(payments, ({ amount }) => amount.minor);
  const twice = [...counts].reduce((more, [amount, own]) => more + Math.max(0, own.length - (expected.get(amount)?.length ?? 0)), 0);
  const claimed = Map.groupBy(said.values(), (amount) => amount.minor);
  const missing = [...claimed].reduce((more, [amount, own]) => more + Math.max(0, own.length - (counts.get(amount)?.length ?? 0)), 0);
  return { difference: minor / 10 ** digits, twice, missing };
}

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
