import { isGhlError } from "@ghlkit/core";
import { readMoney } from "../money-units.ts";
import type { Money } from "../money.ts";
import type { BillingClient } from "../billing-client.ts";

/**
 * What a transaction of the platform asks for, read from the platform: amounts that the page in the frame was given went through the customer's browser.
 * @param location finds the client of a location
 */
export function transactionAmount(
  location: (locationId: string) => Pick<BillingClient, "payments">,
): (question: { readonly locationId: string; readonly transactionId: string }) => Promise<Money | undefined> {
  return async ({ locationId, transactionId }) => {
    try {
      const { amount, currency } = await location(locationId).payments.getTransaction({ transactionId }, { fresh: true });
      return amount === undefined || currency === undefined ? undefined : readMoney("transaction.amount", amount, currency);
    } catch (error) {
      if (isGhlError(error, "not_found")) return undefined;
      throw error;
    }
  };
}
