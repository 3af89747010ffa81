const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });

/** Whether a text is a country code of ISO 3166-1, in whichever case. */
export function isCountry(text: string): boolean {
  return /^[a-z]{2}$/i.test(text) && !outside.has(text.toUpperCase()) && names.of(text.toUpperCase()) !== undefined;
}

/** Two letters that have a name and are no country of their own. */
const outside: ReadonlySet<string> = new Set(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "UK"]);
