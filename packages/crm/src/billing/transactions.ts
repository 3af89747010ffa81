import type { OrderResponse, TxnResponse } from "@ghlkit/contract/types/payments";
import type { BillingSettings } from "./billing-settings.ts";
import { readMoney } from "./money-units.ts";
import type { Money } from "./money.ts";

/** A payment, or an attempt of one. Refunds stand on it: invoices have no status for them. */
export interface Transaction {
  readonly id: string;
  readonly status: "succeeded" | "pending" | "failed" | (string & {});
  readonly amount: Money;
  readonly refunded: Money;
  /** The invoice or order that it pays. An order never names its transactions. */
  readonly paysFor: { readonly kind: "invoice" | "order" | (string & {}); readonly id: string };
  readonly contactId: string | undefined;
  readonly chargeId: string | undefined;
  readonly isLive: boolean;
  /** ISO 8601. */
  readonly createdAt: string | undefined;
  readonly fulfilledAt: string | undefined;
}

/** An order of a checkout. */
export interface Order {
  readonly id: string;
  readonly status: string | undefined;
  readonly amount: Money;
  readonly contactId: string | undefined;
  readonly source: string | undefined;
  readonly isLive: boolean;
  /** ISO 8601. */
  readonly createdAt: string | undefined;
}

/** Which orders or transactions are listed. */
export interface PaymentQuery {
  /** Id of the invoice, order or subscription. */
  readonly paysFor?: string;
  readonly contactId?: string;
  /** `YYYY-MM-DD`. */
  readonly from?: string;
  /** `YYYY-MM-DD`. */
  readonly until?: string;
  /** @default both, in one list */
  readonly mode?: "live" | "test";
}

/** All transactions that fit, page by page. */
export async function* listTransactions(query: PaymentQuery, { location }: BillingSettings): AsyncGenerator<Transaction> {
  const { paysFor, ...rest } = query;
  const input = { ...wireQuery(rest), ...(paysFor !== undefined && { entityId: paysFor }), limit: 100 };
  for await (const wire of location.payments.listTransactions(input, { fresh: true })) yield readTransaction(wire);
}

/** All orders that fit, page by page. */
export async function* listOrders(query: Omit<PaymentQuery, "paysFor">, { location }: BillingSettings): AsyncGenerator<Order> {
  for await (const wire of location.payments.listOrders({ ...wireQuery(query), limit: 100 }, { fresh: true })) yield readOrder(wire);
}

function wireQuery({ contactId, from, until, mode }: PaymentQuery): {
  contactId?: string;
  startAt?: string;
  endAt?: string;
  paymentMode?: string;
} {
  return {
    ...(contactId !== undefined && { contactId }),
    ...(from !== undefined && { startAt: from }),
    ...(until !== undefined && { endAt: until }),
    ...(mode !== undefined && { paymentMode: mode }),
  };
}

function readTransaction(wire: TxnResponse): Transaction {
  const { currency = "USD", entityType = "", entityId = "" } = wire;
  return {
    id: wire._id,
    status: wire.status ?? "pending",
    amount: readMoney("transaction.amount", wire.amount, currency),
    refunded: readMoney("transaction.amountRefunded", wire.amountRefunded, currency),
    paysFor: { kind: entityType, id: entityId },
    contactId: wire.contactId,
    chargeId: wire.chargeId === "" ? undefined : wire.chargeId,
    isLive: wire.liveMode !== false,
    createdAt: wire.createdAt,
    fulfilledAt: wire.fulfilledAt,
  };
}

function readOrder(wire: OrderResponse): Order {
  return {
    id: wire._id,
    status: wire.status,
    amount: readMoney("order.amounts", wire.amount, wire.currency ?? "USD"),
    contactId: wire.contactId,
    source: wire.sourceType,
    isLive: wire.liveMode !== false,
    createdAt: wire.createdAt,
  };
}
