import { Refusal, textIn, type Action } from "@ghlkit/app-kit/server";
import { compareMoney, formatMoney, minorMoney, wireMoney } from "@ghlkit/crm/billing";
import { chargeIdOf } from "../gateway.ts";
import { amountIn } from "../quote.ts";
import { freshInvoice, type Attempt, type Shop } from "../shop.ts";
import { settleInvoice, type Paid } from "../settle.ts";
import { quoteOf } from "./answer-quote.ts";

/** How a payment stands, in the words of the customer's page. */
export type PaymentStanding = "checking" | "pending" | "declined" | "paid" | "refunded" | "flagged";

/** Begins a payment of what is due, or of a part. @throws Refusal for more than that */
export async function startPayment(shop: Shop, { body, key }: Action): Promise<object> {
  const { invoiceId, currency } = await quoteOf(shop, body);
  if (invoiceId === undefined) throw new Refusal("There is no invoice yet: accept the quote first.");
  const invoice = await freshInvoice(shop, invoiceId);
  if (invoice.status === "void") throw new Refusal("This invoice was cancelled: there is nothing to pay.");
  const amount = amountIn(textIn(body, "amount", { needed: true }), currency, "amount");
  if (amount.minor === 0) throw new Refusal("Check the amount.", { amount: "must be more than 0" });
  if (compareMoney(amount, invoice.due) > 0)
    throw new Refusal("That is more than is due.", { amount: `is more than the ${formatMoney(invoice.due, "en-US")} that are due` });
  const id = `own_${key.split(":").at(-1) ?? ""}`;
  const startedAt = shop.backend.clock.now();
  const attempt = await shop.attempts.add(id, { id, invoiceId, minor: amount.minor, currency, startedAt });
  return {
    attempt: attempt.id,
    amount: wireMoney("provider.initiate.amount", minorMoney(attempt.minor, currency)),
    currency: currency.toLowerCase(),
  };
}

/** What the gateway has of a payment, whatever the frame said; what it has taken is recorded. */
export async function checkPayment(shop: Shop, paid: Paid, { body }: Action): Promise<{ readonly standing: PaymentStanding }> {
  const quote = await quoteOf(shop, body);
  const attempt = await shop.attempts.get(textIn(body, "attempt", { needed: true }));
  if (attempt === undefined || attempt.invoiceId !== quote.invoiceId) throw new Refusal("There is no such payment.");
  return { standing: await settleAttempt(shop, paid, attempt) };
}

/**
 * Records a payment that the gateway has taken. Repeatable, and called from everywhere: by the page that came back, and later for those that never did. A payment that
 * the invoice has no room for, because another device was faster, is paid back.
 */
export async function settleAttempt(shop: Shop, paid: Paid, attempt: Attempt): Promise<PaymentStanding> {
  const { id, invoiceId, minor, currency, end } = attempt;
  if (end === "recorded") return "paid";
  if (end !== undefined && end !== "left") return end;
  const charge = await shop.gateway.find(chargeIdOf(id));
  if (end === "left" && charge === undefined) return "declined";
  const finish = async (how: NonNullable<Attempt["end"]>): Promise<void> => {
    await shop.attempts.change(id, { end: how });
    await settleInvoice(shop, paid, invoiceId);
  };
  if (charge === undefined) return "checking";
  if (charge.status === "pending") return "pending";
  if (charge.status === "failed") {
    await finish("declined");
    return "declined";
  }
  if (charge.transactionId !== id || charge.amount.minor !== minor || charge.amount.currency !== currency) {
    await shop.flag(
      id,
      `A charge of ${formatMoney(charge.amount, "en-US")} is not the payment of ${formatMoney(minorMoney(minor, currency), "en-US")}.`,
    );
    await finish("flagged");
    return "flagged";
  }
  const card = { brand: "visa", last4: charge.last4 };
  const key = `attempt:${id}`;
  const payment = await shop.billing.recordPayment({
    invoiceId,
    amount: charge.amount,
    by: "card",
    card,
    key,
    note: charge.chargeId,
    paidAt: charge.chargedAt,
  });
  if (payment.outcome === "unknown") return "checking";
  if (payment.outcome === "recorded") {
    await finish("recorded");
    return "paid";
  }
  await shop.gateway.refund(charge.chargeId);
  await finish("refunded");
  return "refunded";
}

/** What was paid and is not recorded yet: pages that were closed, banks that took a minute, answers that were lost. */
export async function settleOpenAttempt(shop: Shop, paid: Paid, attempt: Attempt): Promise<void> {
  const standing = await settleAttempt(shop, paid, attempt);
  // Nothing was charged in an hour: the page was left. It can be charged no more.
  if (
    standing === "checking" &&
    shop.backend.clock.now() - attempt.startedAt > 3_600_000 &&
    (await shop.gateway.find(chargeIdOf(attempt.id))) === undefined
  )
    await shop.attempts.change(attempt.id, { end: "left" });
}
