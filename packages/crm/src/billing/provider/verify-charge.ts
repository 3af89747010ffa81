import { compareMoney } from "../money.ts";
import { wireMoney, type MoneyPlace } from "../money-units.ts";
import type { ProviderCharge, ProviderSubscription } from "./provider-charge.ts";
import type { PaymentProviderOptions, ProviderEvent } from "./provider-options.ts";
import type { VerifyQuestion } from "./provider-questions.ts";

/** Answers `verify`: yes for a charge of that transaction over what it asks for, and for nothing else. */
export async function verifyCharge(
  question: VerifyQuestion,
  { verify, expected, subscription }: PaymentProviderOptions,
  emit: (event: ProviderEvent) => void,
): Promise<object> {
  const charge = await verify(question);
  if (charge === undefined || charge.status === "pending") return { success: false };
  if (charge.status === "failed") return { failed: true };
  if (charge.transactionId !== question.transactionId || charge.chargeId !== question.chargeId) {
    emit({ kind: "other_transaction", question, charge });
    return { failed: true };
  }
  const asked = await expected(question);
  if (asked?.currency !== charge.amount.currency || compareMoney(asked, charge.amount) !== 0) {
    emit({ kind: "other_amount", question, charge, expected: asked });
    return { failed: true };
  }
  const { subscriptionId } = question;
  const begun = subscriptionId === undefined ? undefined : await subscription?.({ ...question, subscriptionId });
  return { success: true, chargeSnapshot: chargeSnapshot("provider.verify.snapshot", charge), ...subscriptionPart(begun) };
}

/** A charge as the platform takes it; the unit depends on which answer it is in. */
export function chargeSnapshot(place: MoneyPlace, { chargeId, status, amount, chargedAt }: Omit<ProviderCharge, "transactionId">): object {
  return { id: chargeId, status, amount: wireMoney(place, amount), chargeId, chargedAt: seconds(chargedAt) };
}

/** A subscription as the platform takes it, with times in seconds. */
export function subscriptionSnapshot({ subscriptionId, status, createdAt, trialEnd, nextCharge }: ProviderSubscription): object {
  return {
    id: subscriptionId,
    status,
    createdAt: seconds(createdAt),
    ...(trialEnd !== undefined && { trialEnd: seconds(trialEnd) }),
    ...(nextCharge !== undefined && { nextCharge: seconds(nextCharge) }),
  };
}

function subscriptionPart(begun: ProviderSubscription | undefined): object {
  return begun === undefined ? {} : { subscriptionStatus: begun.status, subscriptionSnapshot: subscriptionSnapshot(begun) };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
