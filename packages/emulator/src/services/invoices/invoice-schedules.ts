import { badRequest } from "../../http/refusal.ts";
import { findRecord } from "../../resources/record-store.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields } from "../../state/resource-record.ts";
import { invoiceSearch } from "./invoice-filters.ts";
import { totalOf } from "./invoice-sums.ts";
import { withLineIds } from "./invoice-totals.ts";

/** Recurring invoices: `draft` → `scheduled` → `active` with the first invoice → `cancelled`, or `completed` after the last one. */
export const scheduleResource: ResourceDeclaration = resource("/invoices/schedule", {
  create: (input, call) => ({
    status: "draft",
    title: "INVOICE",
    ...input,
    items: withLineIds(input["items"], call.world.ids.object),
  }),
  change: (before, input, call) => ({
    status: before["status"],
    invoiceIds: before["invoiceIds"],
    lastRunAtMs: before["lastRunAtMs"],
    ...input,
    items: withLineIds(input["items"], call.world.ids.object),
  }),
  view: ({ fields }, { world }) => ({
    ...totalOf(fields, world.options.commerce),
    invoices: ((fields["invoiceIds"] ?? []) as readonly string[]).flatMap((id) => {
      const invoice = findRecord(world.state, "/invoices", id);
      return invoice === undefined ? [] : [{ ...invoice.fields, _id: id, createdAt: invoice.createdAt, updatedAt: invoice.updatedAt }];
    }),
  }),
  actions: {
    "invoices.startSchedule": ({ fields }, { body }) => started(fields, body),
    "invoices.updateAndStartSchedule": ({ fields }, { body }) => started(fields, body),
    "invoices.cancelSchedule": ({ fields }) => {
      if (fields["status"] === "cancelled") throw badRequest("The schedule has been cancelled already");
      return { status: "cancelled" };
    },
    "invoices.setScheduleAutoPayment": (_, { body }) => ({ autoPayment: body["autoPayment"] }),
  },
  filters: invoiceSearch,
  pageSize: 10,
});

function started(fields: Fields, { liveMode = fields["liveMode"], autoPayment }: Fields): Fields {
  if (fields["status"] === "cancelled") throw badRequest("A cancelled schedule cannot be started");
  const status = fields["status"] === "active" ? "active" : "scheduled";
  return { status, liveMode, ...(autoPayment !== undefined && { autoPayment }) };
}
