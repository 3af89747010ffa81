import { createManualClock, type ManualClock } from "@ghlkit/core/testing";
import { addMoney, majorText, minorMoney, type InvoiceEvent, type Money } from "@ghlkit/crm/billing";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createMemoryStorage, type Journal } from "@ghlkit/storage";
import { createGhl, type LocationClient } from "ghlkit";
import type { Books } from "./books-of-emulator.ts";

/** Invoices of one account. */
export const perEmulator = 50;

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
  /** A request is under way: time stands still. */
  readonly isBusy: () => boolean;
}

/** A new account. */
export function openAccount(): Account {
  const clock = createManualClock();
  const events: InvoiceEvent[] = [];
  const deliver = async (request: Request): Promise<Response> => {
    events.push((await request.json()) as InvoiceEvent);
    return new Response();
  };
  const emulator = createEmulator({ clock, enforceBurstLimit: false, enforceDailyQuota: false, journalSize: 0, webhooks: { deliver } });
  emulator.webhooks.subscribe({ url: "https://app.example/webhooks" });
  const { tokens, locationId } = emulator.seed;
  let underWay = 0;
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    underWay += 1;
    try {
      return await emulator.fetch(new Request(url, init));
    } finally {
      underWay -= 1;
    }
  };
  const limits = { limit: 1_000_000 };
  const ghl = createGhl({ token: tokens.location, location: locationId, fetch, clock, limits, retry: { maxAttempts: 1 } });
  const { journal } = createMemoryStorage({ clock });
  return { clock, emulator, location: ghl.location(locationId), journal, events, isBusy: () => underWay > 0 };
}

/** Invoices with random totals, and payments that come in for them. */
export async function* draw({ location }: Account, random: () => number): AsyncGenerator<RandomLedger> {
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

/** How a program and the emulator differ about an invoice. */
export interface Compared {
  /** In major units of the invoice's currency. */
  readonly difference: number;
  readonly twice: number;
  readonly missing: number;
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
): Compared {
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
