import type { EventPayloads } from "@ghlkit/contract/events";
import { readInvoice, type Invoice } from "../invoice.ts";

/** Events that report an invoice. */
export type InvoiceEventKind = Extract<keyof EventPayloads, `Invoice${string}`>;

/** A delivery of one, as the receiver of `@ghlkit/webhooks` hands it out, or the bare payload. */
export type InvoiceEvent = EventPayloads[InvoiceEventKind];

/** What events show of an invoice. */
export interface EventState {
  readonly invoice: Invoice;
  /** When the platform changed it, ISO 8601. */
  readonly updatedAt: string | undefined;
  readonly isDeleted: boolean;
}

/**
 * The last state of each invoice that events show, in whatever order and however often they came: more paid is later than less; of one sum the
 * platform's time of the change decides, then the status that comes later in the life of an invoice.
 */
export async function statesOfEvents(
  events: Iterable<InvoiceEvent> | AsyncIterable<InvoiceEvent>,
): Promise<ReadonlyMap<string, EventState>> {
  const states = new Map<string, EventState>();
  for await (const event of events) {
    const invoice = readInvoice(event);
    const known = states.get(invoice.id);
    const isDeleted = event.type === "InvoiceDelete" || known?.isDeleted === true;
    const next = { invoice, updatedAt: event.updatedAt, isDeleted };
    states.set(invoice.id, known === undefined || isLater(next, known) ? next : { ...known, isDeleted });
  }
  return states;
}

const life: readonly string[] = ["draft", "sent", "payment_processing", "partially_paid", "paid", "void"];

function isLater(next: EventState, known: EventState): boolean {
  if (next.invoice.paid.minor !== known.invoice.paid.minor) return next.invoice.paid.minor > known.invoice.paid.minor;
  const [changed, before] = [next, known].map(({ updatedAt }) => Date.parse(updatedAt ?? ""));
  if (changed !== undefined && before !== undefined && changed !== before && !Number.isNaN(changed + before)) return changed > before;
  return life.indexOf(next.invoice.status) >= life.indexOf(known.invoice.status);
}
