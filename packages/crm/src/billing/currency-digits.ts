const known = new Map<string, number>();

/** Digits after the point, by ISO 4217: 2 for USD, 0 for JPY, 3 for KWD; 2 for codes that the runtime does not know. */
export function currencyDigits(currency: string): number {
  const found = known.get(currency);
  if (found !== undefined) return found;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  known.set(currency, maximumFractionDigits);
  return maximumFractionDigits;
}
