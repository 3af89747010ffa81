import { answerWith } from "../../resources/answer-with.ts";
import { recordsOf } from "../../resources/record-store.ts";
import type { Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";

/** Numbers count up from the highest that is there; asking for one does not reserve it. */
export const invoiceNumberHandlers: Handlers = {
  "invoices.generateNumber": (call) => answerWith(call, { invoiceNumber: nextInvoiceNumber(call) }),
  "invoices.generateEstimateNumber": (call) => answerWith(call, { estimateNumber: nextEstimateNumber(call) }),
};

/** The next free invoice number, as text. */
export function nextInvoiceNumber(call: Call): string {
  return String(highest(call, "/invoices", "invoiceNumber") + 1);
}

/** The next free estimate number. */
export function nextEstimateNumber(call: Call): number {
  return highest(call, "/invoices/estimate", "estimateNumber") + 1;
}

function highest(call: Call, resource: string, name: string): number {
  return recordsOf(call, resource).reduce((most, { fields }) => {
    const number = Number(String(fields[name] ?? "").replace(/^\D*/, ""));
    return Number.isSafeInteger(number) ? Math.max(most, number) : most;
  }, 0);
}
