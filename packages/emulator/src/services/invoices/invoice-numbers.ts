import { answerWith } from "../../resources/answer-with.ts";
import { keepRecord, putFields, recordsIn } from "../../resources/record-store.ts";
import type { Call } from "../../call/call.ts";
import type { ResourceRecord } from "../../state/resource-record.ts";
import type { Handlers } from "../../call/handler.ts";

/** The highest number that was given out, of a location; no operation shows it. */
const counters = "/invoices/numbers";

export const invoiceNumberHandlers: Handlers = {
  "invoices.generateNumber": (call) => {
    const invoiceNumber = nextInvoiceNumber(call);
    if (call.world.options.commerce.generatedNumber === "reserved") noteInvoiceNumber(call, invoiceNumber);
    return answerWith(call, { invoiceNumber });
  },
  "invoices.generateEstimateNumber": (call) => answerWith(call, { estimateNumber: nextEstimateNumber(call) }),
};

/** Whose numbers: every location counts by itself. */
export type Numbered = Pick<Call, "world" | "locationId">;

/** The next free invoice number, as text. */
export function nextInvoiceNumber(numbered: Numbered): string {
  const { generatedNumber, numberAfterDelete } = numbered.world.options.commerce;
  const given = numberAfterDelete === "next" || generatedNumber === "reserved" ? givenOut(numbered) : 0;
  return String(Math.max(given, highest(numbered, "/invoices", "invoiceNumber")) + 1);
}

/** Notes that an invoice has the number, for the time after it was deleted. */
export function noteInvoiceNumber(numbered: Numbered, invoiceNumber: string): void {
  const number = numberIn(invoiceNumber);
  if (number <= givenOut(numbered)) return;
  const { world, locationId = "" } = numbered;
  const [counter] = ownOf(numbered, counters);
  if (counter !== undefined) return void putFields(world, counter, { number });
  const companyId = world.state.locations.get(locationId)?.companyId ?? world.seed.companyId;
  keepRecord(world, companyId, { resource: counters, fields: { number }, idStyle: "object", locationId });
}

/** The next free estimate number. */
export function nextEstimateNumber(numbered: Numbered): number {
  return highest(numbered, "/invoices/estimate", "estimateNumber") + 1;
}

function givenOut(numbered: Numbered): number {
  return Number(ownOf(numbered, counters)[0]?.fields["number"] ?? 0);
}

function highest(numbered: Numbered, resource: string, name: string): number {
  return ownOf(numbered, resource).reduce((most, { fields }) => Math.max(most, numberIn(fields[name])), 0);
}

function ownOf({ world, locationId = "" }: Numbered, resource: string): readonly ResourceRecord[] {
  return recordsIn(world.state, { resource, tenant: locationId, parents: [] });
}

/** The number of `INV-0019`; 0 where there is none. */
function numberIn(text: unknown): number {
  const number = Number(String(text ?? "").replace(/^\D*/, ""));
  return Number.isSafeInteger(number) ? number : 0;
}
