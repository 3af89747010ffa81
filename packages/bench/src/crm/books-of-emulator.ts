import type { Emulator } from "@ghlkit/emulator";

/** What the emulator has of an invoice, in minor units, read without any of our packages. */
export interface Books {
  readonly paidMinor: number;
  readonly receivedMinor: number;
  /** Of each transaction. */
  readonly amounts: readonly number[];
}

/** Reads an invoice and its transactions as plain JSON. */
export async function readBooksOf(emulator: Emulator, invoiceId: string): Promise<Books> {
  const { locationId, tokens } = emulator.seed;
  const get = async <Answer>(path: string): Promise<Answer> => {
    const url = `https://emulator.example${path}altId=${locationId}&altType=location`;
    const headers = { authorization: `Bearer ${tokens.location}`, version: "v3" };
    return (await (await emulator.fetch(url, { headers })).json()) as Answer;
  };
  const invoice = await get<{ readonly amountPaid: number; readonly currency: string }>(`/invoices/${invoiceId}?`);
  const { data } = await get<{ readonly data: readonly { readonly amount: number }[] }>(
    `/payments/transactions?entityId=${invoiceId}&limit=100&`,
  );
  const minor = (amount: number): number => minorOf(amount, invoice.currency);
  const amounts = data.map(({ amount }) => minor(amount));
  return { paidMinor: minor(invoice.amountPaid), receivedMinor: amounts.reduce((sum, amount) => sum + amount, 0), amounts };
}

/** By the decimal text of the number, so that nothing is rounded. @throws Error for more digits than the currency has */
function minorOf(amount: number, currency: string): number {
  const [whole = "0", fraction = ""] = String(amount).split(".");
  const digits = currency === "JPY" ? 0 : 2;
  if (fraction.length > digits) throw new Error(`${amount} ${currency} has a part of a minor unit.`);
  return Number(whole + fraction.padEnd(digits, "0"));
}
