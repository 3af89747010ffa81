import { dateFormat, formatTime, offsetName } from "@ghlkit/app-kit/client";
import { signal } from "@preact/signals";

/** The zone in which times are shown: the visitor's, until another one is chosen. */
export const zone = signal(Intl.DateTimeFormat().resolvedOptions().timeZone);

export const zones: readonly string[] = [...new Set([zone.value, ...Intl.supportedValuesOf("timeZone"), "UTC"])];

/** `2026-12-04`: the day of an instant in a zone. */
export function dayOf(instant: string | number, at: string = zone.value): string {
  return dateFormat("en-CA", { timeZone: at, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(instant));
}

/** `Friday 4 December`: of a day without a zone. */
export function dayName(day: string, options: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" }): string {
  return dateFormat("en-GB", { ...options, timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

/** `09:30`; with its offset where the hour comes twice in a day. */
export function timeName(instant: string, all: readonly string[], at: string = zone.value): string {
  const name = formatTime(instant, at);
  const isTwice = all.some((other) => other !== instant && dayOf(other, at) === dayOf(instant, at) && formatTime(other, at) === name);
  return isTwice ? `${name} ${offsetName(instant, at)}` : name;
}
