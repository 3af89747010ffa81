import type { InvoiceLine } from "./invoices/invoice-draft.ts";
import { readLines } from "./invoices/read-lines.ts";
import { readMoney } from "./money-units.ts";
import type { Money } from "./money.ts";

/** Statuses of invoices. Overdue, viewed and refunded are none: the first is `sent` past its due date, the last stands on the transaction. */
export type InvoiceStatus = "draft" | "sent" | "payment_processing" | "paid" | "void" | "partially_paid" | (string & {});

/** An invoice with exact amounts. Plain data. */
export interface Invoice {
  readonly id: string;
  readonly number: string | undefined;
  readonly status: InvoiceStatus;
  readonly lines: readonly InvoiceLine[];
  readonly total: Money;
  readonly paid: Money;
  readonly due: Money;
  readonly contactId: string | undefined;
  /** Day of issue and the day until which it is to be paid, as the platform gives them. */
  readonly issueDate: string | undefined;
  readonly dueDate: string | undefined;
  readonly isLive: boolean;
}

/** An invoice on the wire, as answers and webhooks have it. */
export interface WireInvoice {
  readonly _id: string;
  readonly invoiceNumber?: string | number;
  readonly status?: string;
  readonly currency?: string;
  readonly invoiceItems?: readonly object[];
  readonly total?: number;
  readonly amountPaid?: number;
  readonly amountDue?: number;
  readonly contactDetails?: { readonly id?: string };
  readonly issueDate?: string;
  readonly dueDate?: string;
  readonly liveMode?: boolean;
}

/** An invoice of the API or of a webhook, in exact amounts. */
export function readInvoice(wire: WireInvoice): Invoice {
  const { _id, invoiceNumber, status = "draft", currency = "USD", invoiceItems = [], contactDetails, liveMode } = wire;
  return {
    id: _id,
    number: invoiceNumber === undefined ? undefined : String(invoiceNumber),
    status,
    lines: readLines(invoiceItems, currency, "invoice.items.amount"),
    total: readMoney("invoice.amounts", wire.total, currency),
    paid: readMoney("invoice.amounts", wire.amountPaid, currency),
    due: readMoney("invoice.amounts", wire.amountDue, currency),
    contactId: contactDetails?.id,
    issueDate: wire.issueDate,
    dueDate: wire.dueDate,
    isLive: liveMode !== false,
  };
}
