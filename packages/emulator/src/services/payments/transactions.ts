import { addRecord } from "../../resources/record-store.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import type { Call } from "../../call/call.ts";

export const transactions = "/payments/transactions";

/** Keeps the transaction of a payment that was recorded by hand. */
export function addTransaction(call: Call, paid: ResourceRecord, amount: number): ResourceRecord {
  const isInvoice = paid.resource === "/invoices";
  const contact = (isInvoice ? paid.fields["contactDetails"] : paid.fields["contactSnapshot"]) as Fields | undefined;
  const entitySource = { type: isInvoice ? "invoice" : "manual", id: paid.recordId, name: paid.fields["name"] ?? "Order" };
  const { mode, card, cheque, notes, meta, fulfilledAt } = call.body;
  return addRecord(call, {
    resource: transactions,
    fields: {
      contactId: contact?.["id"] ?? paid.fields["contactId"],
      contactName: contact?.["name"] ?? paid.fields["contactName"],
      contactEmail: contact?.["email"] ?? paid.fields["contactEmail"],
      contactSnapshot: contact ?? {},
      currency: paid.fields["currency"],
      amount,
      status: "succeeded",
      liveMode: paid.fields["liveMode"] ?? true,
      entityType: isInvoice ? "invoice" : "order",
      entityId: paid.recordId,
      entitySource,
      entitySourceType: entitySource.type,
      entitySourceName: entitySource.name,
      entitySourceId: paid.recordId,
      ...(isInvoice && { invoiceId: paid.recordId }),
      chargeId: call.world.ids.object(),
      chargeSnapshot: { mode, card, cheque, notes },
      paymentMethod: { mode },
      paymentProviderType: "manual",
      amountRefunded: 0,
      meta: meta ?? {},
      ...(fulfilledAt !== undefined && { fulfilledAt }),
    },
  });
}
