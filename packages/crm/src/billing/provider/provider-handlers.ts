import { money, majorText, type Money } from "../money.ts";
import { readMoney } from "../money-units.ts";
import { oncePerMoment, oncePerQuestion, type OncePerQuestion } from "./once-per-question.ts";
import type { ProviderKey } from "./provider-keys.ts";
import type { PaymentProviderOptions, ProviderEvent } from "./provider-options.ts";
import { chargeSnapshot, subscriptionSnapshot, verifyCharge } from "./verify-charge.ts";
import { numberOf, textOf, type WireQuestion } from "./wire-question.ts";

/** A question of the platform, and what answers it. */
export interface Asked {
  readonly wire: WireQuestion;
  readonly key: ProviderKey;
  readonly options: PaymentProviderOptions;
  readonly kept: OncePerQuestion;
  readonly emit: (event: ProviderEvent) => void;
}

/** Answers by the type of the question. */
export const providerHandlers: Readonly<Record<string, (asked: Asked) => Promise<object>>> = {
  verify: ({ wire, key, options, emit }) => {
    const subscriptionId = textOf(wire, "subscriptionId");
    const ids = { transactionId: textOf(wire, "transactionId"), chargeId: textOf(wire, "chargeId") };
    return verifyCharge({ ...key, ...ids, subscriptionId: subscriptionId === "" ? undefined : subscriptionId }, options, emit);
  },

  // A bare list, as the platform wants it.
  list_payment_methods: async ({ wire, key, options }) =>
    (await options.listMethods?.({ ...key, contactId: textOf(wire, "contactId") })) ?? [],

  charge_payment: ({ wire, key, options: { charge }, kept }) => {
    const transactionId = textOf(wire, "transactionId");
    if (charge === undefined) return Promise.resolve(unsupported);
    const ids = { transactionId, contactId: textOf(wire, "contactId"), paymentMethodId: textOf(wire, "paymentMethodId") };
    const amount = readMoney("provider.charge.amount", numberOf(wire, "amount"), textOf(wire, "currency"));
    return oncePerQuestion(
      `provider:charge:${key.locationId}:${transactionId}`,
      async () => {
        const { charge: made, message = "" } = await charge({ ...key, ...ids, amount, description: textOf(wire, "chargeDescription") });
        const snapshot = chargeSnapshot("provider.charge.snapshot", made);
        return {
          success: made.status === "succeeded",
          failed: made.status === "failed",
          chargeId: made.chargeId,
          message,
          chargeSnapshot: snapshot,
        };
      },
      kept,
    );
  },

  refund: ({ wire, key, options: { refund }, kept }) => {
    if (refund === undefined) return Promise.resolve(unsupported);
    const question = {
      ...key,
      transactionId: textOf(wire, "transactionId"),
      chargeId: textOf(wire, "chargeId"),
      amount: numberOf(wire, "amount"),
    };
    return oncePerMoment(
      `provider:refund:${key.locationId}:${question.transactionId}:${question.chargeId}:${question.amount}`,
      async (effect) => {
        const { id, amount } = await refund({ ...question, key: effect });
        return { success: true, message: "", id, amount: Number(majorText(amount)), currency: amount.currency };
      },
      kept,
    );
  },

  create_subscription: ({ wire, key, options: { subscribe }, kept }) => {
    if (subscribe === undefined) return Promise.resolve(unsupported);
    const ids = { transactionId: textOf(wire, "transactionId"), subscriptionId: textOf(wire, "subscriptionId") };
    const contact = { contactId: textOf(wire, "contactId"), paymentMethodId: textOf(wire, "paymentMethodId") };
    const startDate = textOf(wire, "startDate");
    const { amount, recurringAmount } = subscriptionAmounts(wire);
    return oncePerQuestion(
      `provider:subscription:${key.locationId}:${ids.subscriptionId || ids.transactionId}`,
      async () => {
        const question = {
          ...key,
          ...ids,
          ...contact,
          amount,
          recurringAmount,
          startDate: startDate === "" ? undefined : startDate,
          raw: withoutKey(wire),
        };
        const { subscription, charge } = await subscribe(question);
        const transaction = charge && { chargeId: charge.chargeId, chargeSnapshot: chargeSnapshot("provider.charge.snapshot", charge) };
        const begun = { subscriptionId: subscription.subscriptionId, subscriptionSnapshot: subscriptionSnapshot(subscription) };
        return { success: true, failed: false, message: "", ...(transaction !== undefined && { transaction }), subscription: begun };
      },
      kept,
    );
  },

  cancel_subscription: async ({ wire, key, options: { cancel } }) => {
    if (cancel === undefined) return unsupported;
    await cancel({ ...key, subscriptionId: textOf(wire, "subscriptionId") });
    return { status: "canceled" };
  },
};

const unsupported = { success: false, failed: true, message: "The provider does not do this." };

function subscriptionAmounts(wire: WireQuestion): { readonly amount: Money; readonly recurringAmount: Money } {
  const currency = textOf(wire, "currency");
  // The second is a text, such as "80.00".
  const recurring = wire["recurringAmount"] ?? wire["amount"];
  return {
    amount: readMoney("provider.subscription.amount", numberOf(wire, "amount"), currency),
    recurringAmount: money(typeof recurring === "string" ? recurring : Number(recurring), currency),
  };
}

function withoutKey({ apiKey: _, ...rest }: WireQuestion): WireQuestion {
  return rest;
}
