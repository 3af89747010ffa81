import Big from "big.js";
import { minorMoney, type Money } from "../money.ts";
import { checkAmounts } from "./check-amounts.ts";
import { noMoney, type InvoiceDraft, type InvoiceLine } from "./invoice-draft.ts";

/** What a draft comes to. */
export interface DraftTotals {
  readonly subTotal: Money;
  readonly discount: Money;
  /** Taxes that are added to the prices. */
  readonly tax: Money;
  /** Taxes that are part of the prices. */
  readonly includedTax: Money;
  readonly total: Money;
}

/**
 * What an invoice will come to, before it is created: quantity times price, less the discount, plus the taxes of what is left, each sum rounded half up to the minor
 * unit. The platform's own rounding is described nowhere: compare `total` with the invoice that it creates.
 * @throws GhlError `invalid_request` for amounts that are not exact, or of another currency.
 */
export function draftTotals({ lines, discount, currency }: Pick<InvoiceDraft, "lines" | "discount" | "currency">): DraftTotals {
  checkAmounts({ lines, discount, currency });
  const code = currency.toUpperCase();
  const gross = lines.map(({ quantity = 1, price }) => new Big(quantity).times(price.minor));
  const cuts = cutsOf(gross, discount);
  const bases = gross.map((amount, at) => amount.minus(cuts[at] ?? 0));
  const subTotal = rounded(gross, code);
  const cut = rounded(cuts, code);
  const tax = rounded(
    lines.map((line, at) => (line.isTaxIncluded === true ? new Big(0) : rateOf(line).times(bases[at] ?? 0))),
    code,
  );
  const includedTax = rounded(
    lines.map((line, at) => (line.isTaxIncluded === true ? partOf(bases[at], rateOf(line)) : new Big(0))),
    code,
  );
  return { subTotal, discount: cut, tax, includedTax, total: minorMoney(subTotal.minor - cut.minor + tax.minor, code) };
}

function cutsOf(gross: readonly Big[], discount: InvoiceDraft["discount"]): readonly Big[] {
  const whole = gross.reduce((sum, amount) => sum.plus(amount), new Big(0));
  if (discount === undefined || whole.eq(0)) return gross.map(() => new Big(0));
  if ("percent" in discount) return gross.map((amount) => amount.times(Math.min(discount.percent, 100)).div(100));
  const off = whole.lt(discount.amount.minor) ? whole : new Big(discount.amount.minor);
  let left = off;
  return gross.map((amount, at) => {
    const cut = at === gross.length - 1 ? left : off.times(amount).div(whole);
    left = left.minus(cut);
    return cut;
  });
}

function rateOf({ taxes = [] }: InvoiceLine): Big {
  return taxes.reduce((sum, { percent }) => sum.plus(percent), new Big(0)).div(100);
}

/** The tax that an amount contains. */
function partOf(amount: Big = new Big(0), rate: Big): Big {
  return amount.minus(amount.div(rate.plus(1)));
}

function rounded(amounts: readonly Big[], currency: string): Money {
  const sum = amounts.reduce((all, amount) => all.plus(amount), new Big(0)).round(0, Big.roundHalfUp);
  return sum.eq(0) ? noMoney(currency) : minorMoney(sum.toNumber(), currency);
}
