/** Currencies whose minor unit is not a hundredth (ISO 4217). */
const exceptions: ReadonlyMap<string, number> = new Map([
  ..."BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((code) => [code, 0] as const),
  ..."BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3] as const),
  ..."CLF UYW".split(" ").map((code) => [code, 4] as const),
]);

/**
 * Digits after the point, by ISO 4217: 2 for USD, 0 for JPY, 3 for KWD. `Intl` has the digits that people write in each country instead (0 for HUF, COP and PKR),
 * and other ones in each version of the runtime.
 */
export function currencyDigits(currency: string): number {
  return exceptions.get(currency) ?? 2;
}
