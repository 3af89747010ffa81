import { readLines } from "./invoices/read-lines.ts";
import type { InvoiceLine } from "./invoices/invoice-draft.ts";
import { readMoney } from "./money-units.ts";
import type { Money } from "./money.ts";

/** Statuses of estimates. There is none for expired ones: compare `expiryDate`. */
export type EstimateStatus = "draft" | "sent" | "accepted" | "declined" | "invoiced" | "viewed" | (string & {});

/** An estimate with exact amounts. Plain data. */
export interface Estimate {
  readonly id: string;
  readonly name: string;
  readonly number: string | undefined;
  readonly status: EstimateStatus;
  readonly lines: readonly InvoiceLine[];
  readonly total: Money;
  readonly contactId: string | undefined;
  /** Day of issue, and the last day on which it holds, as the platform gives them. */
  readonly issueDate: string | undefined;
  readonly expiryDate: string | undefined;
  readonly isLive: boolean;
}

/** An estimate on the wire. */
export interface WireEstimate {
  readonly _id: string;
  readonly name?: string;
  readonly estimateNumber?: string | number;
  readonly estimateStatus?: string;
  readonly currency?: string;
  readonly items?: readonly object[];
  readonly total?: number;
  readonly contactDetails?: { readonly id?: string };
  readonly issueDate?: string;
  readonly expiryDate?: string;
  readonly liveMode?: boolean;
  readonly createdAt?: string;
}

/** An estimate of the API, in exact amounts. @throws GhlError `invalid_request` for a currency that is none. */
export function readEstimate(wire: WireEstimate): Estimate {
  const { _id, name = "", estimateNumber, estimateStatus = "draft", currency = "USD", items = [], total, contactDetails, liveMode } = wire;
  return {
    id: _id,
    name,
    number: estimateNumber === undefined ? undefined : String(estimateNumber),
    status: estimateStatus,
    lines: readLines(items, currency, "estimate.items.amount"),
    total: readMoney("invoice.amounts", total, currency),
    contactId: contactDetails?.id,
    issueDate: wire.issueDate,
    expiryDate: wire.expiryDate,
    isLive: liveMode !== false,
  };
}
