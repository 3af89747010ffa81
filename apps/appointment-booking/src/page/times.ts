import { newKey, send, type Answer } from "@ghlkit/app-kit/client";
import { signal } from "@preact/signals";
import type { FreeTime, Times } from "../slots.ts";
import { dayName, dayOf } from "./zone.ts";

/** The month that is shown, as its first day: `2026-12-01`. */
export const month = signal(`${dayOf(Date.now()).slice(0, 7)}-01`);
export const free = signal<readonly FreeTime[]>([]);
/** Whether those of the month were read: before, none is free and none is gone. */
export const isKnown = signal(false);
/** The next free time, where the month has none. */
export const next = signal<string | undefined>(undefined);
export const isLoading = signal(false);
export const problem = signal("");
export const chosenDay = signal<string | undefined>(undefined);

const dayMs = 86_400_000;
let last = 0;

/** Reads the free times of the month, a day more on both sides for zones far from UTC. */
export async function loadTimes(calendarId: string): Promise<void> {
  const asked = (last += 1);
  isLoading.value = true;
  const first = Date.parse(`${month.value}T00:00:00Z`);
  const to = new Date(first);
  to.setUTCMonth(to.getUTCMonth() + 1);
  const end = to.getTime() + dayMs;
  let answer = await readTimes(calendarId, first - dayMs, end);
  // Free are times of the month before alone: they say nothing of the next one.
  if (answer.ok && answer.next === undefined && answer.free.every(({ start }) => Date.parse(start) < first + dayMs)) {
    const later = await readTimes(calendarId, end, end + dayMs);
    answer = later.ok ? { ok: true, free: [...answer.free, ...later.free], ...(later.next !== undefined && { next: later.next }) } : later;
  }
  // Another month was chosen meanwhile.
  if (asked !== last) return;
  isLoading.value = false;
  problem.value = answer.ok ? "" : answer.message;
  if (!answer.ok) return;
  free.value = answer.free;
  isKnown.value = true;
  next.value = answer.next;
}

function readTimes(calendarId: string, from: number, to: number): Promise<Answer<Times>> {
  return send<Times>("/times", { calendarId, from: new Date(from).toISOString(), to: new Date(to).toISOString() }, newKey());
}

/** The first free time after the month: it has none itself. */
export function nextAfterMonth(): string | undefined {
  return free.value.find(({ start }) => dayOf(start) > month.value)?.start ?? next.value;
}

export async function showMonth(calendarId: string, day: string): Promise<void> {
  month.value = `${day.slice(0, 7)}-01`;
  isKnown.value = false;
  await loadTimes(calendarId);
}

export function shiftMonth(by: number): string {
  const at = new Date(`${month.value}T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + by);
  return at.toISOString().slice(0, 10);
}

/** Days of the month with their free times, Monday first. */
export function days(): readonly { readonly day: string; readonly times: readonly FreeTime[]; readonly label: string }[] {
  const list = [];
  const byDay = Map.groupBy(free.value, ({ start }) => dayOf(start));
  for (
    let at = new Date(`${month.value}T00:00:00Z`);
    at.toISOString().startsWith(month.value.slice(0, 7));
    at = new Date(at.getTime() + dayMs)
  ) {
    const day = at.toISOString().slice(0, 10);
    const times = byDay.get(day) ?? [];
    const count = times.length === 0 ? "no times" : `${times.length} ${times.length === 1 ? "time" : "times"}`;
    list.push({ day, times, label: `${dayName(day)}, ${count}` });
  }
  return list;
}
