import { keepRecord } from "../../resources/record-store.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import type { World } from "../../world.ts";

export const transactions = "/payments/transactions";

/** What is known of a payment. */
export interface Payment {
  /** In major units. */
  readonly amount: number;
  readonly status: "succeeded" | "pending" | "failed";
  /** `manual` for those that were recorded by hand. */
  readonly provider: string;
  readonly chargeId?: string;
  readonly chargeSnapshot?: Fields;
  readonly paymentMethod?: Fields;
  readonly meta?: Fields;
  readonly fulfilledAt?: unknown;
  readonly subscriptionId?: string;
}

/** Keeps the transaction of a payment for an invoice or an order. */
export function addTransaction(world: World, paid: ResourceRecord, payment: Payment): ResourceRecord {
  const isInvoice = paid.resource === "/invoices";
  const contact = (isInvoice ? paid.fields["contactDetails"] : paid.fields["contactSnapshot"]) as Fields | undefined;
  const { provider, amount, status, chargeId, chargeSnapshot = {}, paymentMethod = {}, meta = {}, fulfilledAt, subscriptionId } = payment;
  const entitySource = isInvoice
    ? { type: "invoice", id: paid.recordId, name: paid.fields["name"] ?? "Invoice" }
    : ((paid.fields["source"] as Fields | undefined) ?? { type: "manual", id: paid.recordId, name: "Order" });
  const { locationId } = paid;
  return keepRecord(world, paid.companyId, {
    resource: transactions,
    ...(locationId !== undefined && { locationId }),
    fields: {
      contactId: contact?.["id"] ?? paid.fields["contactId"],
      contactName: contact?.["name"] ?? paid.fields["contactName"],
      contactEmail: contact?.["email"] ?? paid.fields["contactEmail"],
      contactSnapshot: contact ?? {},
      currency: paid.fields["currency"],
      amount,
      status,
      liveMode: paid.fields["liveMode"] ?? true,
      entityType: isInvoice ? "invoice" : "order",
      entityId: paid.recordId,
      entitySource,
      entitySourceType: entitySource.type,
      entitySourceName: entitySource.name,
      entitySourceId: entitySource.id,
      ...(isInvoice && { invoiceId: paid.recordId }),
      chargeId: chargeId ?? "",
      chargeSnapshot,
      paymentMethod,
      paymentProviderType: provider,
      amountRefunded: 0,
      meta,
      ...(fulfilledAt !== undefined && { fulfilledAt }),
      ...(subscriptionId !== undefined && { subscriptionId }),
    },
  });
}

/** Fields of a payment that `record-payment` of an invoice or an order was given. */
export function manualPayment({ mode, card, cheque, notes, meta, fulfilledAt }: Fields, amount: number, chargeId: string): Payment {
  return {
    amount,
    status: "succeeded",
    provider: "manual",
    chargeId,
    chargeSnapshot: { mode, card, cheque, notes },
    paymentMethod: { mode },
    meta: (meta as Fields | undefined) ?? {},
    fulfilledAt,
  };
}
