import { answerWith } from "../../resources/answer-with.ts";
import { addRecord, changeRecord, recordsOf } from "../../resources/record-store.ts";
import type { Call } from "../../call/call.ts";
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

/** The next free invoice number, as text. */
export function nextInvoiceNumber(call: Call): string {
  const { generatedNumber, numberAfterDelete } = call.world.options.commerce;
  const given = numberAfterDelete === "next" || generatedNumber === "reserved" ? givenOut(call) : 0;
  return String(Math.max(given, highest(call, "/invoices", "invoiceNumber")) + 1);
}

/** Notes that an invoice has the number, for the time after it was deleted. */
export function noteInvoiceNumber(call: Call, invoiceNumber: string): void {
  const number = numberIn(invoiceNumber);
  if (number <= givenOut(call)) return;
  const [counter] = recordsOf(call, counters);
  if (counter === undefined) addRecord(call, { resource: counters, fields: { number }, idStyle: "object" });
  else changeRecord(call, counter, { number });
}

/** The next free estimate number. */
export function nextEstimateNumber(call: Call): number {
  return highest(call, "/invoices/estimate", "estimateNumber") + 1;
}

function givenOut(call: Call): number {
  return Number(recordsOf(call, counters)[0]?.fields["number"] ?? 0);
}

function highest(call: Call, resource: string, name: string): number {
  return recordsOf(call, resource).reduce((most, { fields }) => Math.max(most, numberIn(fields[name])), 0);
}

/** The number of `INV-0019`; 0 where there is none. */
function numberIn(text: unknown): number {
  const number = Number(String(text ?? "").replace(/^\D*/, ""));
  return Number.isSafeInteger(number) ? number : 0;
}
