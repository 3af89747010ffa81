import Big from "big.js";
import { currencyDigits } from "./currency-digits.ts";
import { checkMoney, majorText, minorMoney, parseAmount, type Money } from "./money.ts";

/** `major`: 12.5 is 12.50 dollars. `minor`: 1250 is. */
export type MoneyUnit = "major" | "minor";

/** In which unit a field holds money, and how well that is known. */
export interface MoneyField {
  readonly unit: MoneyUnit;
  /** `recorded` from a live answer, `reported` by integrators, `documented` by the vendor alone. */
  readonly confidence: "recorded" | "reported" | "documented";
  /** The field is a text on the wire. */
  readonly isText?: boolean;
}

/** The unit of every field that holds money. The platform mixes them, and a wrong one is a silent error by a factor of 100. */
export const moneyUnits: {
  readonly [
    Place in
      | "invoice.amounts"
      | "invoice.items.amount"
      | "invoice.discount.fixed"
      | "invoice.recordPayment.amount"
      | "estimate.items.amount"
      | "order.amounts"
      | "order.recordPayment.amount"
      | "transaction.amount"
      | "transaction.amountRefunded"
      | "subscription.amount"
      | "product.price.amount"
      | "coupon.discountValue"
      | "wallet.amounts"
      | "provider.initiate.amount"
      | "provider.initiate.prices"
      | "provider.charge.amount"
      | "provider.charge.snapshot"
      | "provider.verify.snapshot"
      | "provider.webhook.snapshot"
      | "provider.refund.amount"
      | "provider.subscription.amount"
      | "provider.subscription.recurringAmount"
  ]: MoneyField;
} = {
  "invoice.amounts": { unit: "major", confidence: "documented" },
  "invoice.items.amount": { unit: "major", confidence: "reported" },
  "invoice.discount.fixed": { unit: "major", confidence: "documented" },
  "invoice.recordPayment.amount": { unit: "major", confidence: "reported" },
  "estimate.items.amount": { unit: "major", confidence: "reported" },
  "order.amounts": { unit: "major", confidence: "documented" },
  "order.recordPayment.amount": { unit: "major", confidence: "documented" },
  "transaction.amount": { unit: "major", confidence: "documented" },
  "transaction.amountRefunded": { unit: "major", confidence: "documented" },
  "subscription.amount": { unit: "major", confidence: "documented" },
  "product.price.amount": { unit: "major", confidence: "reported" },
  "coupon.discountValue": { unit: "major", confidence: "documented" },
  "wallet.amounts": { unit: "major", confidence: "recorded" },
  "provider.initiate.amount": { unit: "major", confidence: "recorded" },
  "provider.initiate.prices": { unit: "minor", confidence: "documented" },
  "provider.charge.amount": { unit: "major", confidence: "documented" },
  "provider.charge.snapshot": { unit: "major", confidence: "documented" },
  "provider.verify.snapshot": { unit: "minor", confidence: "documented" },
  "provider.webhook.snapshot": { unit: "minor", confidence: "documented" },
  "provider.refund.amount": { unit: "major", confidence: "documented" },
  "provider.subscription.amount": { unit: "major", confidence: "documented" },
  "provider.subscription.recurringAmount": { unit: "major", confidence: "documented", isText: true },
};

/** Where money stands. */
export type MoneyPlace = keyof typeof moneyUnits;

/** A number of the wire as money, rounded half up to the minor unit; `undefined` counts as 0. */
export function readMoney(place: MoneyPlace, value: number | string | undefined, currency: string): Money {
  const code = currency.toUpperCase();
  const amount = parseAmount(value ?? 0);
  const minor = moneyUnits[place].unit === "minor" ? amount : amount.times(10 ** currencyDigits(code));
  return minorMoney(minor.round(0, Big.roundHalfUp).toNumber(), code);
}

/** Money as the number that the wire takes. @throws GhlError `invalid_request` for what is no exact amount. */
export function wireMoney(place: MoneyPlace, amount: Money): number {
  const { minor } = checkMoney(amount);
  return moneyUnits[place].unit === "minor" ? minor : Number(majorText(amount));
}
