import { isGhlError } from "@ghlkit/core";
import { once } from "@ghlkit/resilience";
import type { BillingSettings } from "../billing-settings.ts";
import { readInvoice, type Invoice } from "../invoice.ts";
import type { InvoiceRefused, SendInvoiceResult } from "./invoice-result.ts";
import { writeOnce } from "./write-once.ts";
import { checkKey } from "../../run/check-key.ts";

/** An invoice that goes out. */
export interface OutgoingInvoice {
  readonly invoiceId: string;
  /** The user of the location who sends it: the platform demands one. */
  readonly userId: string;
  /** `manually`: marked as sent, and nothing goes out. */
  readonly by: "email" | "sms" | "sms_and_email" | "manually";
  /** Names the sending, e.g. `first`: the customer gets it at most once for it. */
  readonly key: string;
  /** @default true */
  readonly isLive?: boolean;
}

/** Sends an invoice at most once per key. */
export async function sendInvoice(outgoing: OutgoingInvoice, settings: BillingSettings): Promise<SendInvoiceResult> {
  const { invoiceId, userId, by, key, isLive = true } = outgoing;
  const { location, locationId, journal, clock } = settings;
  checkKey("sendInvoice", key);
  const effect = `invoice-send:${locationId}:${invoiceId}:${key}`;
  const written = await writeOnce<Invoice>(
    {
      key: effect,
      write: async (signal) => {
        const before = await readOne(invoiceId, settings);
        if ("outcome" in before) return before;
        if (before.status === "paid" || before.status === "void") {
          return { outcome: "refused", why: "closed", message: `A ${before.status} invoice is not sent.`, fields: [] };
        }
        await once(`${effect}:before`, () => Promise.resolve({ status: before.status }), { journal, clock });
        const action = by === "manually" ? "send_manually" : by;
        const { invoice } = await location.invoices.send({ invoiceId, body: { userId, action, liveMode: isLive } }, { signal });
        return readInvoice(invoice);
      },
      // Only of a draft can it be seen whether it went out.
      probe: async () => {
        const now = await readOne(invoiceId, settings);
        if ("outcome" in now) return undefined;
        if (now.status === "draft") return { happened: false };
        const before = (await journal.get(`${effect}:before`))?.outcome as { readonly status?: string } | undefined;
        return before?.status === "draft" ? { happened: true, result: now } : undefined;
      },
    },
    settings,
  );
  return written.outcome === "written" ? { outcome: "sent", how: written.how, invoice: written.result } : written;
}

async function readOne(invoiceId: string, { location }: BillingSettings): Promise<Invoice | InvoiceRefused> {
  try {
    return readInvoice(await location.invoices.get({ invoiceId }, { fresh: true }));
  } catch (error) {
    if (!isGhlError(error, "not_found")) throw error;
    return { outcome: "refused", why: "not_found", message: `There is no invoice ${invoiceId}.`, fields: [] };
  }
}
