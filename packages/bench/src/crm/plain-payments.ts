import { minorMoney, type Money } from "@ghlkit/crm/billing";
import { readBooksOf } from "./books-of-emulator.ts";
import { compare, loseAnswer, type Account, type RandomLedger } from "./random-ledger.ts";

/** What integrations do without a helper: add up floating-point numbers, and call again when an answer was lost. */
export async function plainPayments(
  { emulator }: Account,
  random: () => number,
  drawn: AsyncIterable<RandomLedger>,
): Promise<readonly { difference: number; twice: number; missing: number; unresolved: number; falseAlarms: number }[]> {
  const { locationId, tokens } = emulator.seed;
  const headers = { authorization: `Bearer ${tokens.location}`, version: "v3", "content-type": "application/json" };
  const found = [];
  for await (const ledger of drawn) {
    const { invoiceId, total, payments } = ledger;
    const said = new Map<string, Money>();
    let paid = 0;
    for (const { key, amount } of payments) {
      const factor = amount.currency === "JPY" ? 1 : 100;
      const body = JSON.stringify({
        altId: locationId,
        altType: "location",
        mode: "bank_transfer",
        notes: "",
        amount: amount.minor / factor,
      });
      if (random() < 0.2) loseAnswer(emulator, random() < 0.5);
      // Two devices, as above: the second one asks its own memory.
      for (let device = 0; device < 2; device += 1) {
        if (said.has(key)) continue;
        const call = (): Promise<Response> =>
          emulator.fetch(`https://emulator.example/invoices/${invoiceId}/record-payment`, { method: "POST", headers, body });
        const response = await call().catch(call);
        if (!response.ok) continue;
        said.set(key, amount);
        paid += amount.minor / factor;
      }
      emulator.faults.clear();
    }
    const sum = minorMoney(Math.round(paid * (total.currency === "JPY" ? 1 : 100)), total.currency);
    found.push({ ...compare(ledger, said, await readBooksOf(emulator, invoiceId), sum), unresolved: 0, falseAlarms: 0 });
  }
  return found;
}
