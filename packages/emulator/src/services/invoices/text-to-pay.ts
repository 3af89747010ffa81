import { unprocessable } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { addRecord, changeRecord, requireRecord } from "../../resources/record-store.ts";
import { recordInput } from "../../resources/record-input.ts";
import { shownFields } from "../../resources/record-view.ts";
import type { Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import { invoiceResource, invoices, newInvoice, sentInvoice } from "./invoices.ts";
import { refuseStatus } from "./invoice-status.ts";
import { refuseDetails } from "./refuse-details.ts";
import { summed } from "./invoice-sums.ts";
import { withLineIds } from "./invoice-totals.ts";

/** Creates or updates an invoice and sends it when the action says so; a repetition makes a second invoice. */
export const textToPayHandlers: Handlers = {
  "invoices.textToPay": (call) => {
    const { action, items, ...input } = recordInput(call, undefined);
    refuseWithoutUser(call);
    refuseDetails({ ...input, items }, call.world.options.commerce);
    const { id } = call.body;
    const before = typeof id === "string" && id !== "" ? requireRecord(call, invoices, id) : undefined;
    const written =
      before === undefined
        ? addRecord(call, { resource: invoices, fields: newInvoice({ businessDetails: {}, ...input, items }, call) })
        : changeRecord(call, before, rewritten(before, { ...input, items }, call));
    const invoice = action === "send" ? changeRecord(call, written, sentInvoice(written, call)) : written;
    const invoiceUrl = `https://link.fastpaydirect.com/invoice/${invoice.recordId}`;
    return answerWith(call, { invoice: shownFields(invoice, invoiceResource, call), invoiceUrl });
  },
};

/** An invoice that is sent again as another one. @throws Refusal 400 when it is paid or void */
function rewritten(before: ResourceRecord, { items, ...input }: Fields, call: Call): Fields {
  refuseStatus(before, ["paid", "void"], "edited", "documented");
  const invoiceItems = withLineIds(items, call.world.ids.object);
  return summed({ ...before.fields, ...input, invoiceItems }, call.world.options.commerce);
}

/** @throws Refusal 422 */
function refuseWithoutUser({ body, world }: Call): void {
  const isMissing = body["userId"] === undefined || body["userId"] === "";
  if (isMissing && world.options.commerce.textToPayUser === "required") throw unprocessable(["userId should not be empty"], "documented");
}
