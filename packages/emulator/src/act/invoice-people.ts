import { BoundsError, checkNumber } from "../bounds/check-value.ts";
import { findRecord, keepRecord, putFields, recordsIn } from "../resources/record-store.ts";
import { invoiceSettings } from "../services/invoices/invoice-settings.ts";
import type { Fields, ResourceRecord } from "../state/resource-record.ts";
import type { World } from "../world.ts";

const estimates = "/invoices/estimate";

/** What a customer does with an estimate. */
export const estimateAnswers = ["accepted", "declined"] as const;

/** The customer accepts or declines an estimate on its page; no event reports it. */
export function answerEstimate(world: World, estimateId: string, answer: (typeof estimateAnswers)[number]): void {
  const estimate = findRecord(world.state, estimates, estimateId);
  if (estimate === undefined) throw new BoundsError(`There is no estimate ${estimateId}.`);
  const { estimateStatus, estimateActionHistory } = estimate.fields;
  if (estimateStatus !== "sent")
    throw new BoundsError(`Only an estimate that was sent is answered; this one is ${String(estimateStatus)}.`);
  const done = { action: answer, timestamp: new Date(world.clock.now()).toISOString() };
  const history = [...((estimateActionHistory ?? []) as readonly Fields[]), done];
  putFields(world, estimate, { estimateStatus: answer, estimateActionHistory: history });
}

/** What the staff can set of invoices. The API only reads it. */
export interface InvoiceSettingsChange {
  /** Per cent of the total that a customer pays at least at a time. */
  readonly minimumPercentagePartialPayment?: number;
  /** Days from the making of a recurring invoice to its due date. */
  readonly dueAfterXDays?: number;
}

/** The most of each. */
const settable: Readonly<Record<string, number>> = { minimumPercentagePartialPayment: 100, dueAfterXDays: 3650 };

/** The staff changes the settings of invoices. */
export function changeInvoiceSettings(world: World, locationId: string, change: InvoiceSettingsChange): void {
  if (world.state.locations.get(locationId) === undefined) throw new BoundsError(`There is no location ${locationId}.`);
  for (const [name, value] of Object.entries(change)) {
    const most = settable[name];
    if (most === undefined) throw new BoundsError(`${name} cannot be set. There are: ${Object.keys(settable).join(", ")}.`);
    checkNumber(name, value, { from: 0, to: most });
  }
  putFields(world, settingsOf(world, locationId), { ...change });
}

function settingsOf(world: World, locationId: string): ResourceRecord {
  const { resource, initial, idStyle } = invoiceSettings;
  const [own] = recordsIn(world.state, { resource, tenant: locationId, parents: [] });
  if (own !== undefined) return own;
  const companyId = world.state.locations.get(locationId)?.companyId ?? world.seed.companyId;
  return keepRecord(world, companyId, { resource, locationId, fields: initial?.({} as never) ?? {}, idStyle });
}
