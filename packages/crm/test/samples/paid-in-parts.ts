import { formatMoney, type Billing, type InvoiceEvent, type Payment } from "@ghlkit/crm/billing";

/** An estimate that the customer accepted becomes an invoice, is sent, and is paid in parts. Called again, it goes on where it was. */
export async function paidInParts(billing: Billing, estimateId: string, parts: readonly Omit<Payment, "invoiceId">[]): Promise<string> {
  const made = await billing.createFromEstimate({ estimateId });
  if (made.outcome !== "created") return made.outcome;
  const { id: invoiceId } = made.invoice;
  const sent = await billing.sendInvoice({ invoiceId, userId: "a-user-id", by: "email", key: "first" });
  if (sent.outcome !== "sent") return sent.outcome;
  let { due } = made.invoice;
  for (const part of parts) {
    const payment = await billing.recordPayment({ ...part, invoiceId } as Payment);
    if (payment.outcome !== "recorded") return payment.outcome;
    due = payment.invoice.due;
  }
  return `${formatMoney(due, "en-US")} due`;
}

/** What invoices, transactions and webhooks disagree on. */
export async function disagreements(billing: Billing, events: readonly InvoiceEvent[]): Promise<readonly string[]> {
  const { differences } = await billing.ledger({ events });
  return differences.map(({ kind, invoiceId }) => `${kind}: ${invoiceId}`);
}
