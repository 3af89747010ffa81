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
  const digits = exceptions.get(String(currency ?? "USD").toUpperCase()) ?? 2;
  return digits === 0 && zeroDecimals === "cents" ? 2 : digits;
}

/** Currencies whose minor unit is not a hundredth (ISO 4217); `Intl` has other digits, and not the same in each runtime. */
const exceptions: ReadonlyMap<string, number> = new Map([
  ..."BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((code) => [code, 0] as const),
  ..."BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3] as const),
  ..."CLF UYW".split(" ").map((code) => [code, 4] as const),
]);

/** Half up. */
export function rounded(amount: Big, digits: number): Big {
  return amount.round(digits, Big.roundHalfUp);
}

/** The sum of amounts, as exact as they are. */
export function sumOf(amounts: readonly Big[]): Big {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Big(0));
}
