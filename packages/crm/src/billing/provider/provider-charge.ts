import type { Money } from "../money.ts";

/** A charge of the provider's own. */
export interface ProviderCharge {
  /** The provider's id. */
  readonly chargeId: string;
  readonly status: "succeeded" | "failed" | "pending";
  readonly amount: Money;
  /** When it was made, ms since epoch. */
  readonly chargedAt: number;
  /**
   * The transaction, as `payment_initiate_props` named it, that the charge was made for. A charge of another one is never verified.
   */
  readonly transactionId: string;
}

/** A subscription of the provider's own. */
export interface ProviderSubscription {
  readonly subscriptionId: string;
  readonly status: "trialing" | "active" | "expired" | "canceled" | "unpaid" | "pending" | "scheduled" | "incomplete";
  /** Ms since epoch. */
  readonly createdAt: number;
  readonly trialEnd?: number;
  readonly nextCharge?: number;
}

/** A card or another means of payment that the provider keeps of a contact. */
export interface StoredMethod {
  readonly id: string;
  readonly type: "card" | "us_bank_account" | "sepa_debit" | (string & {});
  /** At most 20 characters. */
  readonly title: string;
  readonly subTitle?: string;
  /** `MM/YY`. */
  readonly expiry?: string;
  readonly customerId?: string;
  readonly imageUrl?: string;
}
