import type { Fields } from "../../state/resource-record.ts";

/** Sums of an invoice or estimate, in the currency's major unit. */
export interface InvoiceTotals {
  readonly subTotal: number;
  readonly discount: number;
  readonly tax: number;
  readonly total: number;
}

interface Line {
  readonly qty: number;
  readonly amount: number;
  readonly productId?: string;
  readonly taxInclusive?: boolean;
  readonly taxes?: readonly { readonly rate?: number }[];
}

interface Discount {
  readonly type?: string;
  readonly value?: number;
  readonly validOnProductIds?: readonly string[];
}

/** Currencies without a minor unit (ISO 4217). */
const withoutMinor: ReadonlySet<string> = new Set([
  "JPY",
  "KRW",
  "VND",
  "CLP",
  "ISK",
  "UGX",
  "XAF",
  "XOF",
  "XPF",
  "PYG",
  "RWF",
  "KMF",
  "DJF",
  "GNF",
  "BIF",
  "VUV",
]);

/**
 * Adds up lines: quantity times amount, less the discount, plus the taxes of what is left. Taxes do not compound, rates are per cent; a tax
 * that is included is part of the amount. Rounded half up, once per sum.
 */
export function invoiceTotals({ items, discount, currency }: { items: unknown; discount: unknown; currency: unknown }): InvoiceTotals {
  const lines = (Array.isArray(items) ? items : []) as readonly Line[];
  const round = rounding(String(currency ?? "USD"));
  const gross = lines.map((line) => Number(line.qty ?? 1) * Number(line.amount ?? 0));
  const subTotal = sum(gross);
  const cut = cuts(lines, gross, (discount ?? {}) as Discount);
  const tax = sum(lines.map((line, index) => (line.taxInclusive === true ? 0 : ((gross[index] ?? 0) - (cut[index] ?? 0)) * rateOf(line))));
  const totals = { subTotal: round(subTotal), discount: round(sum(cut)), tax: round(tax) };
  return { ...totals, total: round(totals.subTotal - totals.discount + totals.tax) };
}

/** What the discount takes from each line; a fixed one is shared by the lines in proportion. */
function cuts(lines: readonly Line[], gross: readonly number[], { type, value = 0, validOnProductIds = [] }: Discount): readonly number[] {
  const isCut = (line: Line): boolean => validOnProductIds.length === 0 || validOnProductIds.includes(line.productId ?? "");
  const base = sum(gross.filter((_, index) => isCut(lines[index] as Line)));
  const share = type === "fixed" ? (base === 0 ? 0 : Math.min(value, base) / base) : Math.min(value, 100) / 100;
  return gross.map((amount, index) => (isCut(lines[index] as Line) ? amount * share : 0));
}

function rateOf({ taxes = [] }: Line): number {
  return sum(taxes.map(({ rate = 0 }) => rate / 100));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Half up, against the error of binary fractions. */
function rounding(currency: string): (value: number) => number {
  const factor = withoutMinor.has(currency.toUpperCase()) ? 1 : 100;
  return (value) => Math.round((value + Number.EPSILON * Math.abs(value)) * factor) / factor;
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
