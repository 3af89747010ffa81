import Big from "big.js";

/** Amounts that JSON and the API hold as numbers, in exact decimal arithmetic. A text or a number that is none counts as 0. */
export function exact(value: unknown): Big {
  try {
    return new Big(value as number);
  } catch {
    return new Big(0);
  }
}

/** Digits of a currency after the point, by ISO 4217; 2 for those that it does not know. */
export function digitsOf(currency: unknown, zeroDecimals: "whole" | "cents" = "whole"): number {
  const digits = isoDigits(String(currency ?? "USD").toUpperCase());
  return digits === 0 && zeroDecimals === "cents" ? 2 : digits;
}

const known = new Map<string, number>();

function isoDigits(currency: string): number {
  const found = known.get(currency);
  if (found !== undefined) return found;
  const digits = /^[A-Z]{3}$/.test(currency)
    ? (new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2)
    : 2;
  known.set(currency, digits);
  return digits;
}

/** Half up. */
export function rounded(amount: Big, digits: number): Big {
  return amount.round(digits, Big.roundHalfUp);
}

/** The sum of amounts, as exact as they are. */
export function sumOf(amounts: readonly Big[]): Big {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Big(0));
}
