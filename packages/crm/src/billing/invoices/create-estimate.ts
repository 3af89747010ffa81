import type { Probed } from "@ghlkit/resilience";
import type { BillingSettings } from "../billing-settings.ts";
import { readEstimate, type Estimate, type WireEstimate } from "../estimate.ts";
import { findMade } from "./find-made.ts";
import { invoiceBody, wireLine, type InvoiceDraft } from "./invoice-draft.ts";
import type { CreateEstimateResult } from "./invoice-result.ts";
import { writeOnce } from "./write-once.ts";
import { checkKey } from "../../run/check-key.ts";

/** What is offered. */
export interface EstimateDraft extends Omit<InvoiceDraft, "dueDate" | "number"> {
  /** Names the intent, e.g. `quote:<id>`: an estimate is created at most once for it, whatever happens. At most 200 characters. */
  readonly key: string;
  /** Last day on which it holds: `YYYY-MM-DD`. */
  readonly expiryDate: string;
}

/** Creates an estimate at most once per key. It is not sent: `invoices.sendEstimate` of the client does that. */
export async function createEstimate(
  { key, expiryDate, ...draft }: EstimateDraft,
  settings: BillingSettings,
): Promise<CreateEstimateResult> {
  const { location, locationId } = settings;
  checkKey("createEstimate", key);
  const { items: _items, dueDate: _dueDate, ...body } = invoiceBody({ ...draft, dueDate: expiryDate });
  const items = draft.lines.map((line) => wireLine(line, "estimate.items.amount"));
  const written = await writeOnce<Estimate>(
    {
      key: `estimate-create:${locationId}:${key}`,
      write: async (signal) => {
        const estimate = { ...body, items, expiryDate, frequencySettings: { enabled: false } };
        return readEstimate(await location.invoices.createEstimate({ body: estimate }, { signal }));
      },
      probe: (startedAt) => findEstimate(draft, startedAt, settings),
    },
    settings,
  );
  return written.outcome === "written" ? { outcome: "created", how: written.how, estimate: written.result } : written;
}

/** Looks for it among those of its contact since its attempt began. */
async function findEstimate(
  { contact, name, currency }: Pick<InvoiceDraft, "contact" | "name" | "currency">,
  startedAt: number,
  { location }: BillingSettings,
): Promise<Probed<Estimate> | undefined> {
  const list = location.invoices.listEstimates({ contactId: contact.id, limit: "100", offset: "0" }, { fresh: true });
  // The documents describe the items of the list as texts.
  return findMade(list as unknown as AsyncIterable<WireEstimate>, startedAt, (wire) => {
    const estimate = readEstimate(wire);
    const isSame = estimate.name === name && estimate.total.currency === currency.toUpperCase() && estimate.contactId === contact.id;
    return isSame ? estimate : undefined;
  });
}
