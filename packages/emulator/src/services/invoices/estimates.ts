import { exact } from "../../commerce/amounts.ts";
import { badRequest, unprocessable } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { addRecord, changeRecord, requireRecord } from "../../resources/record-store.ts";
import { shownFields } from "../../resources/record-view.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields } from "../../state/resource-record.ts";
import { nowIso, param, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { invoiceSearch } from "./invoice-filters.ts";
import { nextEstimateNumber } from "./invoice-numbers.ts";
import { totalOf } from "./invoice-sums.ts";
import { withLineIds } from "./invoice-totals.ts";
import { invoiceResource, newInvoice } from "./invoices.ts";
import { refuseDetails } from "./refuse-details.ts";

const estimates = "/invoices/estimate";

/** Estimates: `draft` → `sent` → accepted or declined by the customer → `invoiced`. */
export const estimateResource: ResourceDeclaration = resource(estimates, {
  create(input, call) {
    refuseSmallPrices(input["items"], call);
    refuseDetails(input, call.world.options.commerce);
    return {
      estimateStatus: "draft",
      liveMode: true,
      title: "ESTIMATE",
      estimateNumberPrefix: "EST-",
      sentTo: { email: [] },
      estimateActionHistory: [],
      ...input,
      estimateNumber: input["estimateNumber"] ?? nextEstimateNumber(call),
      items: withLineIds(input["items"], call.world.ids.object),
    };
  },
  change(before, input, call) {
    if (call.operation.id === "invoices.updateEstimateLastVisitedAt") return { ...before, lastVisitedAt: nowIso(call) };
    refuseSmallPrices(input["items"], call);
    refuseDetails(input, call.world.options.commerce);
    const { estimateStatus, liveMode, sentTo, estimateActionHistory, estimateNumber, estimateNumberPrefix, title } = before;
    const kept = { estimateStatus, liveMode, sentTo, estimateActionHistory, estimateNumber, estimateNumberPrefix, title };
    return { ...kept, ...input, items: withLineIds(input["items"], call.world.ids.object) };
  },
  view: ({ fields }, { world }) => totalOf(fields, world.options.commerce),
  actions: {
    "invoices.sendEstimate": ({ fields }, call) => {
      if (fields["estimateStatus"] === "invoiced") throw badRequest("An invoiced estimate cannot be sent");
      const history = [...(fields["estimateActionHistory"] as readonly Fields[]), { action: "sent", timestamp: nowIso(call) }];
      return { estimateStatus: "sent", sentBy: call.body["userId"], estimateActionHistory: history };
    },
  },
  filters: { ...invoiceSearch, status: (fields, value) => value === "all" || fields["estimateStatus"] === value },
  pageSize: 10,
});

export const estimateHandlers: Handlers = {
  "invoices.createFromEstimate": (call) => {
    const estimate = requireRecord(call, estimates, param(call, "estimateId"));
    if (estimate.fields["estimateStatus"] === "invoiced") throw badRequest("The estimate has been invoiced already");
    const invoice = addRecord(call, { resource: "/invoices", fields: newInvoice(invoiceFields(estimate.fields), call) });
    const isMarked = call.body["markAsInvoiced"] === true;
    const shown = isMarked ? changeRecord(call, estimate, { estimateStatus: "invoiced", invoiceId: invoice.recordId }) : estimate;
    const view = { estimate: shownFields(shown, estimateResource, call), invoice: shownFields(invoice, invoiceResource, call) };
    return answerWith(call, view);
  },
};

/** @throws Refusal 422 for lines below 0.10, which the platform refused until November 2025 */
function refuseSmallPrices(items: unknown, { world }: Call): void {
  if (world.options.commerce.zeroPrice === "accept") return;
  const small = ((items ?? []) as readonly Fields[]).findIndex(({ amount }) => exact(amount).lt("0.1"));
  if (small >= 0) throw unprocessable([`items.${small}.amount must not be less than 0.1`]);
}

/** What an invoice takes from its estimate. */
function invoiceFields(estimate: Fields): Fields {
  const names = [
    "name",
    "automaticTaxesEnabled",
    "attachments",
    "miscellaneousCharges",
    "businessDetails",
    "currency",
    "items",
    "discount",
    "termsNotes",
    "contactDetails",
    "issueDate",
    "sentTo",
    "liveMode",
  ];
  return Object.fromEntries(names.filter((name) => estimate[name] !== undefined).map((name) => [name, estimate[name]]));
}
