import { runOnClock } from "@ghlkit/core/testing";
import { createBilling, type Billing, type Money } from "@ghlkit/crm/billing";
import { isGhlError } from "ghlkit";
import { measure, type Measure } from "../measure.ts";
import { seeded } from "@ghlkit/test-servers/seeded";
import { readBooksOf } from "./books-of-emulator.ts";
import { plainPayments } from "./plain-payments.ts";
import {
  compare,
  draw,
  loseAnswer,
  openAccount,
  perEmulator,
  type Account,
  type Compared,
  type IncomingPayment,
  type RandomLedger,
} from "./random-ledger.ts";

const ledgers = 1000;

interface Found extends Compared {
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
    found.push(...(await runOnClock(account.clock, () => program(account, random), { isBusy: account.isBusy })));
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

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
