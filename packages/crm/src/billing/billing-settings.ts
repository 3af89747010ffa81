import type { Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import type { BillingClient } from "./billing-client.ts";

/** What all invoices of a location share. */
export interface BillingSettings {
  readonly location: BillingClient;
  readonly journal: Journal;
  readonly locationId: string;
  readonly settleMs: number;
  readonly leaseMs: number;
  readonly clock: Clock;
  /** Runs works on one invoice one after the other. */
  readonly alone: <Result>(keys: readonly string[], work: () => Promise<Result>) => Promise<Result>;
}
