import { answerWith } from "../../resources/answer-with.ts";
import { addRecord, changeRecord, requireRecord } from "../../resources/record-store.ts";
import { recordInput } from "../../resources/record-input.ts";
import { shownFields } from "../../resources/record-view.ts";
import type { Handlers } from "../../call/handler.ts";
import { invoiceResource, invoices, newInvoice, sentInvoice } from "./invoices.ts";
import { withLineIds } from "./invoice-totals.ts";

/** Creates or updates an invoice and sends it when the action says so; a repetition makes a second invoice. */
export const textToPayHandlers: Handlers = {
  "invoices.textToPay": (call) => {
    const { action, items, ...input } = recordInput(call, undefined);
    const { id } = call.body;
    const before = typeof id === "string" && id !== "" ? requireRecord(call, invoices, id) : undefined;
    const written =
      before === undefined
        ? addRecord(call, { resource: invoices, fields: newInvoice({ businessDetails: {}, ...input, items }, call) })
        : changeRecord(call, before, { ...input, invoiceItems: withLineIds(items, call.world.ids.object) });
    const invoice = action === "send" ? changeRecord(call, written, sentInvoice(written, call)) : written;
    const invoiceUrl = `https://link.fastpaydirect.com/invoice/${invoice.recordId}`;
    return answerWith(call, { invoice: shownFields(invoice, invoiceResource, call), invoiceUrl });
  },
};
