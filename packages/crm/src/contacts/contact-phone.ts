import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

/** E.164, or `undefined` for what is no number. `country` reads one without a calling code. */
export function contactPhone(text: string, country: string | undefined): string | undefined {
  const upper = country?.toUpperCase();
  const parsed = parsePhoneNumberFromString(text, upper !== undefined && isSupportedCountry(upper) ? upper : undefined);
  // Whether a possible number is in use only its network knows.
  return parsed?.isPossible() === true ? parsed.number : undefined;
}
