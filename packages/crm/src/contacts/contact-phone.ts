import { isSupportedCountry, parsePhoneNumberFromString, type PhoneNumber } from "libphonenumber-js/min";

/**
 * E.164, or `undefined` for what is no number, and for a number with an extension: E.164 has none, and all that share a switchboard would be one contact.
 * `country` reads one without a calling code.
 */
export function contactPhone(text: string, country: string | undefined): string | undefined {
  const parsed = parsePhone(text, country);
  // Whether a possible number is in use only its network knows.
  return parsed?.isPossible() === true && parsed.ext === undefined ? parsed.number : undefined;
}

/** The extension that a number names, such as `5` of `+1 415 555 0100 ext. 5`. */
export function phoneExtension(text: string, country: string | undefined): string | undefined {
  return parsePhone(text, country)?.ext;
}

function parsePhone(text: string, country: string | undefined): PhoneNumber | undefined {
  const upper = country?.toUpperCase();
  return parsePhoneNumberFromString(text, upper !== undefined && isSupportedCountry(upper) ? upper : undefined);
}
