import { Refusal, textIn, type Action } from "@ghlkit/app-kit/server";
import { compareMoney, draftTotals, formatMoney, type InvoiceLine } from "@ghlkit/crm/billing";
import { amountIn } from "../quote.ts";
import { freshInvoice, type Shop } from "../shop.ts";

/** Changes text, quantity and price of a line; every other field of the invoice stays, though the platform's update replaces all of it. */
export async function editInvoice(shop: Shop, { body }: Action): Promise<object> {
  const invoiceId = textIn(body, "id", { needed: true });
  const invoice = await freshInvoice(shop, invoiceId);
  const { currency } = invoice.total;
  const lines = invoice.lines.map((line, at): InvoiceLine => {
    const [name, price, quantity] = [
      textIn(body, `line${at}`),
      textIn(body, `price${at}`),
      Number(textIn(body, `quantity${at}`) || line.quantity),
    ];
    if (!(quantity > 0)) throw new Refusal("Check the quantity.", { [`quantity${at}`]: "must be more than 0" });
    return { ...line, name: name || line.name, quantity, price: price === "" ? line.price : amountIn(price, currency, `price${at}`) };
  });
  const billed = await shop.invoices.get(invoiceId);
  const quote = billed && (await shop.quotes.get(billed.quoteId));
  const { total } = draftTotals({ lines, currency, discount: { percent: quote?.discountPercent ?? 0 } });
  if (compareMoney(total, invoice.paid) < 0)
    throw new Refusal(`${formatMoney(invoice.paid, "en-US")} were paid already: the total cannot be less.`);
  const edited = await shop.billing.updateInvoice(invoiceId, { lines });
  if (edited.outcome === "refused")
    throw new Refusal(edited.why === "closed" ? "It is paid or cancelled, and cannot be changed." : edited.message);
  return {};
}

export async function voidInvoice(shop: Shop, { body }: Action): Promise<object> {
  await shop.location.invoices.void({ invoiceId: textIn(body, "id", { needed: true }), body: {} });
  return {};
}
