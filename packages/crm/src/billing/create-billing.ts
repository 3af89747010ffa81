import { checkNumber, systemClock, type Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import { oneAtATime } from "../location/one-at-a-time.ts";
import type { BillingClient } from "./billing-client.ts";
import type { Payment } from "./payment.ts";
import type { RecordPaymentResult } from "./payment-result.ts";
import { recordPayment } from "./record-payment.ts";

/** Options of {@link createBilling}. */
export interface BillingOptions {
  /** `storage.journal` of any engine: keeps what was created, sent and recorded. Processes that share it never record two payments of one invoice at once. */
  readonly journal: Journal;
  /** Part of the keys in the journal. @default keys are shared by all locations of the journal */
  readonly locationId?: string;
  /**
   * Ms after which an effect that was not seen did not happen: longer than a request may be under way, and than lists lag.
   * @default 60_000
   */
  readonly settleMs?: number;
  /**
   * How long after the death of this process another one waits before it looks what became of its work, in ms.
   * @default 30_000
   */
  readonly leaseMs?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** Invoices and payments of one location. */
export interface Billing {
  /**
   * Records a payment that was received outside of the platform: at most once per key, across crashes and lost answers, and never more than is due.
   * @throws GhlError for outages, authorisation and bugs.
   */
  readonly recordPayment: (payment: Payment) => Promise<RecordPaymentResult>;
}

/** Makes the billing of one location. @throws GhlError `invalid_request` for times that are none. */
export function createBilling(location: BillingClient, options: BillingOptions): Billing {
  const { clock = systemClock, settleMs = 60_000, leaseMs = 30_000, journal, locationId = "" } = options;
  checkNumber("createBilling", "settleMs", settleMs);
  checkNumber("createBilling", "leaseMs", leaseMs, { above: true });
  const settings = { location, journal, locationId, settleMs, leaseMs, clock, alone: oneAtATime() };
  return {
    recordPayment: (payment) => recordPayment(payment, settings),
  };
}
