import type { SchedulingClock } from "../../clock/emulator-clock.ts";
import { findRecord, keepRecord, putFields, recordsIn } from "../../resources/record-store.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import type { State } from "../../state/state.ts";
import type { World } from "../../world.ts";
import { dayOf, dayText } from "../calendars/zoned-time.ts";
import { invoices, newInvoice } from "./invoices.ts";
import { occurrences, type Occurrence } from "./occurrences.ts";

export const schedules = "/invoices/schedule";

/** A started schedule makes and sends an invoice whenever its time comes, until it is cancelled or at its end. */
export function runSchedules(state: State, clock: SchedulingClock, world: () => World): void {
  const planned = new Map<string, () => void>();
  state.records.onChange((before, after) => {
    const record = after ?? before;
    if (record?.resource !== schedules || isSamePlan(before, after)) return;
    planned.get(record.id)?.();
    planned.delete(record.id);
    if (after !== undefined && isRunning(after)) plan(after, planned, { state, clock, world });
  });
}

interface Running {
  readonly state: State;
  readonly clock: SchedulingClock;
  readonly world: () => World;
}

function plan(schedule: ResourceRecord, planned: Map<string, () => void>, running: Running): void {
  const { state, clock, world } = running;
  const next = nextRun(schedule, state, clock.now());
  if (next === undefined) return;
  const cancel = clock.at(Math.max(next.atMs, clock.now()), () => {
    const now = findRecord(state, schedules, schedule.recordId);
    // A restored or reset state runs its own.
    if (now === undefined || !isRunning(now) || world().state !== state) return;
    run(world(), now, next);
  });
  planned.set(schedule.id, cancel);
}

/** The first time that has not run and is not on a day before today. */
function nextRun({ fields, locationId = "" }: ResourceRecord, state: State, nowMs: number): Occurrence | undefined {
  const timezone = state.locations.get(locationId)?.timezone ?? "UTC";
  const today = dayText(dayOf(nowMs, timezone));
  const lastMs = typeof fields["lastRunAtMs"] === "number" ? fields["lastRunAtMs"] : Number.NEGATIVE_INFINITY;
  for (const occurrence of occurrences((fields["schedule"] ?? {}) as Fields, timezone))
    if (occurrence.atMs > lastMs && occurrence.day >= today) return occurrence;
  return undefined;
}

/** Makes the invoice as a draft, sends it, and notes it on the schedule: what follows from that plans the next one. */
function run(world: World, schedule: ResourceRecord, { atMs, day }: Occurrence): void {
  const { fields, companyId, locationId = "" } = schedule;
  const made = (fields["invoiceIds"] ?? []) as readonly string[];
  const { status: _, invoices: __, invoiceIds: ___, lastRunAtMs: ____, schedule: _____, items, autoPayment: ______, ...shared } = fields;
  // Fees for setting up are on the first invoice alone.
  const lines = ((items ?? []) as readonly Fields[]).filter(({ isSetupFeeItem }) => made.length === 0 || isSetupFeeItem !== true);
  const contact = (fields["contactDetails"] ?? {}) as Fields;
  const sentTo = { email: contact["email"] === undefined ? [] : [contact["email"]] };
  const input = { ...shared, items: lines, issueDate: day, dueDate: dueDay(world, locationId, day), sentTo, scheduleId: schedule.recordId };
  const invoice = keepRecord(world, companyId, { resource: invoices, locationId, fields: newInvoice(input, { world, locationId }) });
  putFields(world, invoice, { status: "sent", sentAt: new Date(world.clock.now()).toISOString() });
  const after = { ...fields, invoiceIds: [...made, invoice.recordId], lastRunAtMs: atMs };
  const isOver = nextRun({ ...schedule, fields: after }, world.state, world.clock.now()) === undefined;
  putFields(world, schedule, { invoiceIds: after.invoiceIds, lastRunAtMs: atMs, status: isOver ? "completed" : "active" });
}

function dueDay({ state }: World, tenant: string, day: string): string {
  const [settings] = recordsIn(state, { resource: "/invoices/settings", tenant, parents: [] });
  const days = Number(settings?.fields["dueAfterXDays"] ?? 7);
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

function isRunning({ fields }: ResourceRecord): boolean {
  return fields["status"] === "scheduled" || fields["status"] === "active";
}

function isSamePlan(before: ResourceRecord | undefined, after: ResourceRecord | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  const names = ["status", "schedule", "lastRunAtMs"];
  return names.every((name) => before.fields[name] === after.fields[name]);
}
