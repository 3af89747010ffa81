import type { Service } from "../service.ts";
import { estimateHandlers, estimateResource } from "./estimates.ts";
import { invoiceChanges } from "./invoice-changes.ts";
import { invoiceNumberHandlers } from "./invoice-numbers.ts";
import { invoiceSettings } from "./invoice-settings.ts";
import { estimateTemplateResource, invoiceTemplateResource } from "./invoice-templates.ts";
import { invoiceResource } from "./invoices.ts";
import { scheduleResource } from "./invoice-schedules.ts";
import { chargeLateFees } from "./late-fees.ts";
import { runSchedules } from "./run-schedules.ts";
import { seedInvoices } from "./seed-invoices.ts";
import { textToPayHandlers } from "./text-to-pay.ts";

/** Invoices, estimates, their templates, and schedules. */
export const invoicesService: Service = {
  evidence: {
    "invoices.generateNumber": "reported",
    "invoices.generateEstimateNumber": "inferred",
    "invoices.textToPay": "reported",
  },
  handlers: { ...invoiceNumberHandlers, ...textToPayHandlers, ...estimateHandlers },
  resources: [invoiceResource, estimateResource, invoiceTemplateResource, estimateTemplateResource, scheduleResource, invoiceSettings],
  changes: ({ records }, publish) => records.onChange((before, after) => publish(() => invoiceChanges(before, after))),
  timers(state, clock, _settings, world) {
    runSchedules(state, clock, world);
    chargeLateFees(state, clock, world);
  },
  seed: seedInvoices,
};
