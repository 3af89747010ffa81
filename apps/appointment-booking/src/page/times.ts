import { newKey, send } from "@ghlkit/app-kit/client";
import { signal } from "@preact/signals";
import type { FreeTime, Times } from "../slots.ts";
import { dayName, dayOf } from "./zone.ts";

/** The month that is shown, as its first day: `2026-12-01`. */
export const month = signal(`${dayOf(Date.now()).slice(0, 7)}-01`);
export const free = signal<readonly FreeTime[]>([]);
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
  const body = { calendarId, from: new Date(first - dayMs).toISOString(), to: new Date(to.getTime() + dayMs).toISOString() };
  const answer = await send<Times>("/times", body, newKey());
  // Another month was chosen meanwhile.
  if (asked !== last) return;
  isLoading.value = false;
  problem.value = answer.ok ? "" : answer.message;
  if (!answer.ok) return;
  free.value = answer.free;
  next.value = answer.next;
}

export async function showMonth(calendarId: string, day: string): Promise<void> {
  month.value = `${day.slice(0, 7)}-01`;
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
