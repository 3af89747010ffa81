import { knownOutcome } from "@ghlkit/app-kit/server";
import { isGhlError } from "@ghlkit/core";
import { formatMoney } from "@ghlkit/crm/billing";
import { createSteps, StepGivenUp, type StepsDefinition } from "@ghlkit/crm/steps";
import type { Quote } from "./quote.ts";
import { freshInvoice, type Shop } from "./shop.ts";

interface PaidInvoice {
  readonly invoiceId: string;
  readonly quote: Pick<Quote, "id" | "contactId" | "opportunityId">;
}

export type Paid = StepsDefinition<PaidInvoice, { readonly receipt: string; readonly deal?: string; readonly tag?: readonly string[] }>;

/** What a paid invoice sets off: receipt → opportunity won → tag. Each once, and again after an outage until it is done. */
export function createPaid(
  { backend, locationId, contacts, opportunities, conversations, billing, pathOf }: Shop,
  url: () => string,
): Paid {
  const { journal, clock } = backend;
  return createSteps<PaidInvoice>({ name: `paid-${locationId}`, journal, clock, leaseMs: 10_000 })
    .step(
      "receipt",
      async ({ input: { invoiceId, quote }, key }) => {
        const payments: string[] = [];
        for await (const { id, amount } of billing.transactions({ paysFor: invoiceId }))
          payments.push(`<li>${formatMoney(amount, "en-US")}, transaction ${id}</li>`);
        const html = `<p>Thank you. Your invoice is paid in full.</p><ul>${payments.join("")}</ul><p><a href="${url()}${pathOf(quote.id)}">Receipt</a></p>`;
        return knownOutcome(await conversations.send({ channel: "email", to: quote.contactId ?? "", subject: "Your receipt", html, key }))
          .outcome;
      },
      { isRepeatable: true },
    )
    .step(
      "deal",
      async ({ input: { quote } }) => {
        const won = await opportunities.win(quote.opportunityId ?? "");
        if (won.outcome === "rejected") throw new StepGivenUp("HighLevel does not let this opportunity be won.");
        return won.outcome;
      },
      { isRepeatable: true, isOptional: true },
    )
    .step(
      "tag",
      async ({ input: { quote } }) => {
        await contacts.addTags([quote.contactId ?? ""], ["customer"]);
        return ["customer"];
      },
      { isRepeatable: true, isOptional: true },
    );
}

/**
 * Brings everything to where an invoice is now. The one function for webhooks, for pages that return, and for polling; it reads the invoice instead of believing an event, so that late,
 * repeated and reordered ones do no harm.
 */
export async function settleInvoice(shop: Shop, paid: Paid, invoiceId: string): Promise<void> {
  const billed = await shop.invoices.get(invoiceId);
  const quote = billed && (await shop.quotes.get(billed.quoteId));
  shop.changed(quote?.id);
  if (quote === undefined) return;
  try {
    if ((await freshInvoice(shop, invoiceId)).status !== "paid") return;
    const { id, contactId, opportunityId } = quote;
    await paid.accept(invoiceId, {
      invoiceId,
      quote: { id, ...(contactId !== undefined && { contactId }), ...(opportunityId !== undefined && { opportunityId }) },
    });
    await paid.run(invoiceId, { invoiceId, quote });
    shop.changed(quote.id);
  } catch (error) {
    // It is paid all the same; the rest is done when HighLevel answers again.
    if (!isGhlError(error)) throw error;
  }
}
