import type Big from "big.js";
import type { SchedulingClock } from "../../clock/emulator-clock.ts";
import { digitsOf, exact, rounded } from "../../commerce/amounts.ts";
import { findRecord, putFields } from "../../resources/record-store.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import type { State } from "../../state/state.ts";
import type { World } from "../../world.ts";
import { dayOf, dayText, instantOf, type Day } from "../calendars/zoned-time.ts";
import { invoiceSums } from "./invoice-sums.ts";
import { invoices } from "./invoices.ts";

const lengthsMs: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_592_000_000,
};

/** Adds late fees to invoices that are due, after the days of grace, as often as their configuration says and up to its maximum. */
export function chargeLateFees(state: State, clock: SchedulingClock, world: () => World): void {
  const planned = new Map<string, () => void>();
  state.records.onChange((before, after) => {
    const record = after ?? before;
    if (record?.resource !== invoices || !hasOtherFees(before, after)) return;
    planned.get(record.id)?.();
    planned.delete(record.id);
    const atMs = after === undefined ? undefined : nextFee(after, state);
    if (after === undefined || atMs === undefined) return;
    const charge = (): void => {
      const now = findRecord(state, invoices, after.recordId);
      if (now !== undefined && isLate(now) && world().state === state) addFee(world(), now);
    };
    planned.set(record.id, clock.at(Math.max(atMs, clock.now()), charge));
  });
}

function hasOtherFees(before: ResourceRecord | undefined, after: ResourceRecord | undefined): boolean {
  const names = ["status", "dueDate", "lateFeesConfiguration", "lateFeesCount"];
  return names.some((name) => before?.fields[name] !== after?.fields[name]);
}

function isLate({ fields }: ResourceRecord): boolean {
  return fields["status"] === "sent" || fields["status"] === "partially_paid";
}

/** The end of the due date in the location's zone and the days of grace, then one interval after the other. */
function nextFee(invoice: ResourceRecord, state: State): number | undefined {
  const { enable, frequency, grace, maxLateFees } = (invoice.fields["lateFeesConfiguration"] ?? {}) as {
    readonly enable?: boolean;
    readonly frequency?: { readonly intervalCount?: number; readonly interval?: string };
    readonly grace?: { readonly intervalCount?: number };
    readonly maxLateFees?: { readonly value?: number };
  };
  const { dueDate } = invoice.fields;
  if (enable !== true || typeof dueDate !== "string" || !isLate(invoice)) return undefined;
  const count = Number(invoice.fields["lateFeesCount"] ?? 0);
  const { interval = "one_time", intervalCount = 1 } = frequency ?? {};
  const isAtMost = maxLateFees?.value !== undefined && exact(invoice.fields["lateFees"]).gte(exact(maxLateFees.value));
  if ((interval === "one_time" && count > 0) || isAtMost) return undefined;
  const timezone = state.locations.get(invoice.locationId ?? "")?.timezone ?? "UTC";
  const first = instantOf(dayAfter(dueDate, grace?.intervalCount ?? 0), 0, timezone);
  return first + count * intervalCount * (lengthsMs[interval] ?? 0);
}

function dayAfter(text: string, graceDays: number): Day {
  const date = new Date(Date.parse(text.slice(0, 10)) + (graceDays + 1) * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function addFee(world: World, invoice: ResourceRecord): void {
  const { commerce } = world.options;
  const { fields } = invoice;
  const { value, type, maxLateFees } = fields["lateFeesConfiguration"] as Fields;
  const base = exact(
    commerce.lateFeeBase === "due" ? fields["amountDue"] : exact(fields["total"]).minus(exact(fields["lateFees"])).toNumber(),
  );
  const fee = type === "percentage" ? base.times(exact(value)).div(100) : exact(value);
  const before = exact(fields["lateFees"]);
  const wanted = before.plus(rounded(fee, digitsOf(fields["currency"], commerce.zeroDecimals)));
  const lateFees = atMost(wanted, (maxLateFees as Fields | undefined)?.["value"]).toNumber();
  const lateFeesCount = Number(fields["lateFeesCount"] ?? 0) + 1;
  putFields(world, invoice, { lateFees, lateFeesCount, ...invoiceSums({ ...fields, lateFees }, commerce) });
}

function atMost(amount: Big, most: unknown): Big {
  return most === undefined || amount.lt(exact(most)) ? amount : exact(most);
}

/** The day that the location's calendar shows. */
export function todayIn(state: State, locationId: string, nowMs: number): string {
  return dayText(dayOf(nowMs, state.locations.get(locationId)?.timezone ?? "UTC"));
}
