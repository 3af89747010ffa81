import { checkNumber, ghlError } from "@ghlkit/core";
import { checkMoney, type Money } from "../money.ts";

/** The amounts of a draft. */
export interface DraftAmounts {
  readonly lines: readonly { readonly price: Money; readonly quantity?: number }[];
  readonly discount?: { readonly percent: number } | { readonly amount: Money } | undefined;
  /** ISO 4217, of every amount. */
  readonly currency: string;
}

/** @throws GhlError `invalid_request` for amounts that are not exact, or of another currency, and for quantities and percentages that are no numbers. */
export function checkAmounts({ lines, discount, currency }: DraftAmounts): void {
  const code = currency.toUpperCase();
  const check = (name: string, amount: Money): void => {
    if (checkMoney(amount).currency === code) return;
    throw ghlError("invalid_request", `${name} is in ${amount.currency}, the invoice in ${code}: convert it first.`, {});
  };
  for (const [at, { price, quantity }] of lines.entries()) {
    check(`lines[${at}].price`, price);
    checkNumber("invoice", `lines[${at}].quantity`, quantity, { least: -Number.MAX_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER });
  }
  if (discount === undefined) return;
  if ("percent" in discount) checkNumber("invoice", "discount.percent", discount.percent);
  else {
    check("discount.amount", discount.amount);
    checkNumber("invoice", "discount.amount.minor", discount.amount.minor);
  }
}
