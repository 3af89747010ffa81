import Big from "big.js";
import { ghlError } from "@ghlkit/core";
import { currencyDigits } from "./currency-digits.ts";

/** An exact amount: a whole number of the currency's minor unit (cents; whole yen). Plain data, safe in JSON. */
export interface Money {
  /** Whole number of minor units, may be negative. */
  readonly minor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
}

/**
 * An amount in major units, as people write it: `money("12.50", "USD")`. A number is taken by its shortest decimal text.
 * @throws GhlError `invalid_request` for what is no number, or has more digits than the currency.
 */
export function money(major: string | number, currency: string): Money {
  const code = checkCurrency(currency);
  const minor = parseAmount(major).times(10 ** currencyDigits(code));
  if (!minor.eq(minor.round())) throw invalid(`${major} has more digits than ${code} has (${currencyDigits(code)}).`);
  return minorMoney(minor.toNumber(), code);
}

/** An amount in minor units. @throws GhlError `invalid_request` unless it is a safe whole number. */
export function minorMoney(minor: number, currency: string): Money {
  if (!Number.isSafeInteger(minor)) throw invalid(`${minor} is no whole number of minor units.`);
  return { minor: minor === 0 ? 0 : minor, currency: checkCurrency(currency) };
}

/**
 * The amount again, for one that did not come from here, such as `{ minor: 1250, currency: "USD" }` of a database.
 * @throws GhlError `invalid_request` unless it is a whole number of minor units, of a currency in upper case.
 */
export function checkMoney(amount: Money): Money {
  const checked = minorMoney(amount.minor, amount.currency);
  if (checked.currency !== amount.currency) throw invalid(`The currency ${amount.currency} has to be in upper case.`);
  return checked;
}

/** @throws GhlError `invalid_request` for amounts of two currencies. */
export function addMoney(a: Money, ...more: readonly Money[]): Money {
  return more.reduce((sum, one) => minorMoney(sum.minor + sameCurrency(sum, one).minor, sum.currency), a);
}

/** `a` less `b`. @throws GhlError `invalid_request` for amounts of two currencies. */
export function subtractMoney(a: Money, b: Money): Money {
  return minorMoney(a.minor - sameCurrency(a, b).minor, a.currency);
}

/** Below 0 when `a` is less, 0 when they are the same, above 0 when it is more. @throws GhlError `invalid_request` for amounts of two currencies. */
export function compareMoney(a: Money, b: Money): number {
  return a.minor - sameCurrency(a, b).minor;
}

/** The amount in major units as decimal text with all digits of the currency: `12.50`, `1200`. */
export function majorText({ minor, currency }: Money): string {
  const digits = currencyDigits(currency);
  return new Big(minor).div(10 ** digits).toFixed(digits);
}

/** The amount as people read it. @param locale BCP 47, such as `de-AT`. */
export function formatMoney(amount: Money, locale?: string): string {
  const digits = currencyDigits(amount.currency);
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = new Intl.NumberFormat(locale, { style: "currency", currency: amount.currency, ...options });
  return format.format(majorText(amount) as `${number}`);
}

/** @throws GhlError `invalid_request` for what is no number. */
export function parseAmount(major: string | number): Big {
  try {
    return new Big(major);
  } catch {
    throw invalid(`${JSON.stringify(major)} is no amount.`);
  }
}

function checkCurrency(currency: string): string {
  const code = currency.toUpperCase();
  if (/^[A-Z]{3}$/.test(code)) return code;
  throw invalid(`${JSON.stringify(currency)} is no currency code of ISO 4217.`);
}

function sameCurrency(a: Money, b: Money): Money {
  if (a.currency === b.currency) return b;
  throw invalid(`Amounts in ${a.currency} and ${b.currency} do not add up.`);
}

function invalid(message: string): Error {
  return ghlError("invalid_request", message, {});
}
