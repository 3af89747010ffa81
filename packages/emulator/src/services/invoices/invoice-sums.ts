import type { CommerceChoices } from "../../switches/commerce-switches.ts";
import { exact } from "../../commerce/amounts.ts";
import type { Fields } from "../../state/resource-record.ts";
import { invoiceTotals } from "./invoice-totals.ts";

/** What is computed of an invoice, whenever it changes. */
export function invoiceSums(invoice: Fields, choices: CommerceChoices): Fields {
  const { invoiceItems, discount, currency, amountPaid } = invoice;
  const { subTotal, discount: cut, tax, total } = invoiceTotals({ items: invoiceItems, discount, currency }, choices);
  const withFees = exact(total).plus(exact(invoice["lateFees"]));
  const due = withFees.minus(exact(amountPaid));
  return {
    total: withFees.toNumber(),
    amountDue: due.lt(0) ? 0 : due.toNumber(),
    totalSummary: { subTotal, discount: cut, tax },
  };
}

/** An invoice with its sums. */
export function summed(invoice: Fields, choices: CommerceChoices): Fields {
  return { ...invoice, ...invoiceSums(invoice, choices) };
}

/** The total of an estimate, a template or a schedule, whose lines are its `items`. */
export function totalOf({ items, discount, currency }: Fields, choices: CommerceChoices): { readonly total: number } {
  return { total: invoiceTotals({ items, discount, currency }, choices).total };
}
