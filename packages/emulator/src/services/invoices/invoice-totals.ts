import Big from "big.js";
import { digitsOf, exact, rounded, sumOf } from "../../commerce/amounts.ts";
import type { CommerceChoices } from "../../switches/commerce-switches.ts";
import type { Fields } from "../../state/resource-record.ts";

/** Sums of an invoice or estimate, in the currency's major unit. */
export interface InvoiceTotals {
  readonly subTotal: number;
  readonly discount: number;
  /** Taxes that are added to the prices. */
  readonly tax: number;
  /** Taxes that are part of the prices. */
  readonly includedTax: number;
  readonly total: number;
}

/** What decides of sums where sources are silent. */
export type TotalsChoices = Pick<CommerceChoices, "rounding" | "discountOrder" | "zeroDecimals">;

const defaults: TotalsChoices = { rounding: "per-sum", discountOrder: "before-tax", zeroDecimals: "whole" };

interface Line {
  readonly qty?: number;
  readonly amount?: number;
  readonly productId?: string;
  readonly taxInclusive?: boolean;
  readonly taxes?: readonly { readonly rate?: number }[];
}

interface Discount {
  readonly type?: string;
  readonly value?: number;
  readonly validOnProductIds?: readonly string[];
}

interface LineSums {
  readonly gross: Big;
  readonly cut: Big;
  readonly tax: Big;
  readonly includedTax: Big;
}

/**
 * Adds up lines: quantity times amount, less the discount, plus the taxes of what is left. Taxes do not compound, rates are per cent; a tax that is included is part
 * of the amount. Decimal, rounded half up.
 */
export function invoiceTotals(
  { items, discount, currency }: { readonly items: unknown; readonly discount: unknown; readonly currency: unknown },
  choices: TotalsChoices = defaults,
): InvoiceTotals {
  const digits = digitsOf(currency, choices.zeroDecimals);
  const perLine = choices.rounding === "per-line" ? digits : undefined;
  const lines = ((Array.isArray(items) ? items : []) as readonly Line[]).map((line) => ({
    line,
    gross: roundedTo(perLine, grossOf(line)),
  }));
  const cuts = cutsOf(lines, (discount ?? {}) as Discount);
  const sums = lines.map(({ line, gross }, index) => lineSums(line, gross, roundedTo(perLine, cuts[index] ?? exact(0)), choices));
  const sum = (part: keyof LineSums): Big => rounded(sumOf(sums.map((line) => roundedTo(perLine, line[part]))), digits);
  const [subTotal, cut, tax] = [sum("gross"), sum("cut"), sum("tax")];
  return {
    subTotal: subTotal.toNumber(),
    discount: cut.toNumber(),
    tax: tax.toNumber(),
    includedTax: sum("includedTax").toNumber(),
    total: subTotal.minus(cut).plus(tax).toNumber(),
  };
}

function roundedTo(digits: number | undefined, amount: Big): Big {
  return digits === undefined ? amount : rounded(amount, digits);
}

function grossOf({ qty = 1, amount = 0 }: Line): Big {
  return exact(qty).times(exact(amount));
}

function lineSums(line: Line, gross: Big, cut: Big, { discountOrder }: TotalsChoices): LineSums {
  const rate = sumOf((line.taxes ?? []).map((tax) => exact(tax?.rate ?? 0))).div(100);
  const base = discountOrder === "after-tax" ? gross : gross.minus(cut);
  const isIncluded = line.taxInclusive === true;
  const nothing = exact(0);
  return {
    gross,
    cut,
    tax: isIncluded ? nothing : base.times(rate),
    includedTax: isIncluded ? base.minus(base.div(rate.plus(1))) : nothing,
  };
}

/** What the discount takes from each line; a fixed one is shared by the lines in proportion, and its last line takes what is left. */
function cutsOf(lines: readonly { readonly line: Line; readonly gross: Big }[], discount: Discount): readonly Big[] {
  const { type, value = 0, validOnProductIds = [] } = discount;
  const isCut = ({ line }: { readonly line: Line }): boolean =>
    validOnProductIds.length === 0 || validOnProductIds.includes(line.productId ?? "");
  const nothing = exact(0);
  if (type !== "fixed") {
    const share = least(exact(value), exact(100)).div(100);
    return lines.map((line) => (isCut(line) ? line.gross.times(share) : nothing));
  }
  const base = sumOf(lines.filter(isCut).map(({ gross }) => gross));
  const whole = least(exact(value), base);
  const last = lines.findLastIndex(isCut);
  let left = whole;
  return lines.map((line, index) => {
    if (!isCut(line) || base.eq(0)) return nothing;
    const cut = index === last ? left : whole.times(line.gross).div(base);
    left = left.minus(cut);
    return cut;
  });
}

function least(a: Big, b: Big): Big {
  return a.lt(b) ? a : b;
}

/** Lines with ids of their own. */
export function withLineIds(items: unknown, newId: () => string): readonly Fields[] {
  return ((Array.isArray(items) ? items : []) as readonly Fields[]).map((item) => ({
    _id: newId(),
    taxes: [],
    taxInclusive: false,
    ...item,
  }));
}
