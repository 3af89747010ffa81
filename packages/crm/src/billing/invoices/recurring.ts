import { checkNumber, ghlError } from "@ghlkit/core";
import type { CreateInvoiceSchedule } from "@ghlkit/contract/types/invoices";
import type { BillingSettings } from "../billing-settings.ts";
import { invoiceBody, type InvoiceDraft } from "./invoice-draft.ts";
import type { InvoiceRefused, InvoiceUnknown } from "./invoice-result.ts";
import { refusalOf, writeOnce } from "./write-once.ts";
import { checkKey } from "../../run/check-key.ts";

/** Invoices that the platform makes again and again. */
export type RecurringInvoice = Omit<InvoiceDraft, "issueDate" | "dueDate" | "number"> & {
  /** Names the intent, e.g. `plan:<contact>`: one schedule is created for it. */
  readonly key: string;
  readonly every: { readonly unit: "day" | "week" | "month" | "year"; readonly count?: number };
  /** `YYYY-MM-DD`: day of the first invoice. */
  readonly startDate: string;
  /** `YYYY-MM-DD`, or a number of invoices. @default without an end */
  readonly until?: string | number;
};

/** What became of a schedule. */
export type RecurringResult =
  | { readonly outcome: "started"; readonly how: "now" | "before" | "found"; readonly scheduleId: string }
  | InvoiceRefused
  | InvoiceUnknown;

/** What became of ending one. */
export type CancelRecurringResult = { readonly outcome: "cancelled" } | InvoiceRefused;

const intervals = { day: "daily", week: "weekly", month: "monthly", year: "yearly" } as const;

/** Creates a schedule at most once per key, and starts it. Starting one again changes nothing. */
export async function startRecurring({ key, ...recurring }: RecurringInvoice, settings: BillingSettings): Promise<RecurringResult> {
  const { location, locationId } = settings;
  checkRepetition(recurring);
  checkKey("startRecurring", key);
  const written = await writeOnce<{ readonly scheduleId: string }>(
    {
      key: `invoice-schedule:${locationId}:${key}`,
      write: async (signal) => {
        const made = await location.invoices.createSchedule({ body: scheduleBody(recurring) }, { signal });
        return { scheduleId: made._id };
      },
      probe: (startedAt) => findSchedule(recurring, startedAt, settings),
    },
    settings,
  );
  if (written.outcome !== "written") return written;
  const { scheduleId } = written.result;
  const { status } = await location.invoices.getSchedule({ scheduleId }, { fresh: true });
  if (status === "draft" || status === undefined) {
    await location.invoices.startSchedule({ scheduleId, body: { liveMode: recurring.isLive ?? true } });
  }
  return { outcome: "started", how: written.how, scheduleId };
}

/** Ends a schedule: it makes no more invoices. */
export async function cancelRecurring(scheduleId: string, { location }: BillingSettings): Promise<CancelRecurringResult> {
  try {
    const { status } = await location.invoices.getSchedule({ scheduleId }, { fresh: true });
    if (status !== "cancelled") await location.invoices.cancelSchedule({ scheduleId, body: {} });
    return { outcome: "cancelled" };
  } catch (error) {
    const refused = refusalOf(error);
    if (refused === undefined) throw error;
    return refused;
  }
}

/** @throws GhlError `invalid_request` for a schedule that would never make an invoice, or not end. */
function checkRepetition({ every, startDate, until }: Pick<RecurringInvoice, "every" | "startDate" | "until">): void {
  checkNumber("startRecurring", "every.count", every.count, { least: 1, whole: true });
  if (typeof until !== "string") return checkNumber("startRecurring", "until", until, { least: 1, whole: true });
  if (until < startDate) throw ghlError("invalid_request", `startRecurring: until ${until} is before startDate ${startDate}.`, {});
}

function scheduleBody({ every, startDate, until, ...draft }: Omit<RecurringInvoice, "key">): CreateInvoiceSchedule {
  const {
    issueDate: _,
    dueDate: __,
    sentTo: ___,
    invoiceNumber: ____,
    ...body
  } = invoiceBody({ ...draft, issueDate: startDate, dueDate: startDate });
  const rrule = {
    intervalType: intervals[every.unit],
    interval: every.count ?? 1,
    startDate,
    ...(typeof until === "string" && { endDate: until, endType: "by" }),
    ...(typeof until === "number" && { count: until, endType: "after" }),
  };
  return { ...body, schedule: { rrule } };
}

async function findSchedule(
  { name, contact, currency }: Omit<RecurringInvoice, "key">,
  startedAt: number,
  { location }: BillingSettings,
): Promise<{ happened: true; result: { readonly scheduleId: string } } | { happened: false } | undefined> {
  const fits: string[] = [];
  for await (const schedule of location.invoices.listSchedules({ limit: "100", offset: "0" }, { fresh: true })) {
    const { _id, createdAt, contactDetails } = schedule;
    if (createdAt !== undefined && Date.parse(createdAt) < startedAt - 2000) continue;
    if (schedule.name === name && schedule.currency === currency.toUpperCase() && contactDetails?.id === contact.id) fits.push(_id);
  }
  const [scheduleId, another] = fits;
  if (another !== undefined) return undefined;
  return scheduleId === undefined ? { happened: false } : { happened: true, result: { scheduleId } };
}
