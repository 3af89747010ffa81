import type { BillingSettings } from "../billing-settings.ts";
import { readEstimate, type WireEstimate } from "../estimate.ts";
import { readInvoice, type Invoice } from "../invoice.ts";
import { findInvoice } from "./find-invoice.ts";
import type { CreateInvoiceResult, InvoiceRefused } from "./invoice-result.ts";
import { writeOnce } from "./write-once.ts";
import { checkKey } from "../../run/check-key.ts";

/** An estimate that was accepted. */
export interface AcceptedEstimate {
  readonly estimateId: string;
  /** Names the acceptance: an invoice is created at most once for it. @default the estimate itself: it becomes an invoice once */
  readonly key?: string;
}

/** Turns an estimate into an invoice at most once. The platform has no operation and no event for acceptance: the application has the page for it. */
export async function createFromEstimate(
  { estimateId, key = estimateId }: AcceptedEstimate,
  settings: BillingSettings,
): Promise<CreateInvoiceResult> {
  const { location, locationId } = settings;
  checkKey("createFromEstimate", key);
  const written = await writeOnce<Invoice>(
    {
      key: `invoice-from-estimate:${locationId}:${key}`,
      write: async (signal) => {
        // One that the list has not is a new one, or none: the platform decides.
        const estimate = await getEstimate(estimateId, settings);
        if (estimate?.estimateStatus === "invoiced") return invoiced;
        const made = await location.invoices.createFromEstimate({ estimateId, body: { markAsInvoiced: true } }, { signal });
        return readInvoice(made.invoice);
      },
      probe: async (startedAt) => {
        const estimate = await getEstimate(estimateId, settings);
        return estimate === undefined ? { happened: false } : findInvoice(traitsOf(estimate), startedAt, settings);
      },
    },
    settings,
  );
  return written.outcome === "written" ? { outcome: "created", how: written.how, invoice: written.result } : written;
}

/** No operation reads one estimate. */
async function getEstimate(estimateId: string, { location }: BillingSettings): Promise<WireEstimate | undefined> {
  const estimates = location.invoices.listEstimates({ limit: "100", offset: "0" }, { fresh: true });
  // The documents describe the items of the list as texts.
  for await (const estimate of estimates as unknown as AsyncIterable<WireEstimate>) if (estimate._id === estimateId) return estimate;
  return undefined;
}

const invoiced: InvoiceRefused = {
  outcome: "refused",
  why: "invoiced",
  message: "The estimate has been made an invoice already.",
  fields: [],
};

function traitsOf(wire: WireEstimate): Parameters<typeof findInvoice>[0] {
  const { contactId = "", name, total } = readEstimate(wire);
  return { contactId, name, currency: total.currency, totalMinor: wire.total === undefined ? undefined : total.minor, number: undefined };
}
