import type { BillingSettings } from "../billing-settings.ts";
import { readInvoice, type Invoice } from "../invoice.ts";
import { findInvoice } from "./find-invoice.ts";
import { invoiceBody, type InvoiceDraft } from "./invoice-draft.ts";
import type { CreateInvoiceResult } from "./invoice-result.ts";
import { writeOnce } from "./write-once.ts";
import { checkKey } from "../../run/check-key.ts";

/** A draft, and the intent that it is created for. */
export type KeyedDraft = InvoiceDraft & {
  /** Names the intent, e.g. `quote:<id>`: an invoice is created at most once for it, whatever happens. At most 200 characters. */
  readonly key: string;
};

/** Creates an invoice at most once per key. */
export async function createInvoice({ key, ...draft }: KeyedDraft, settings: BillingSettings): Promise<CreateInvoiceResult> {
  const { location, locationId } = settings;
  checkKey("createInvoice", key);
  const { contact, name, currency, number } = draft;
  const written = await writeOnce<Invoice>(
    {
      key: `invoice-create:${locationId}:${key}`,
      write: async (signal) => readInvoice(await location.invoices.create({ body: invoiceBody(draft) }, { signal })),
      probe: (startedAt) => findInvoice({ contactId: contact.id, name, currency, number, totalMinor: undefined }, startedAt, settings),
    },
    settings,
  );
  return written.outcome === "written" ? { outcome: "created", how: written.how, invoice: written.result } : written;
}
