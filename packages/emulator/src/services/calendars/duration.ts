const unitMs: Readonly<Record<string, number>> = {
  mins: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 7 * 86_400_000,
  months: 30 * 86_400_000,
};

type Details = Readonly<Record<string, unknown>>;

/** Milliseconds of a setting that stands beside its unit, as `slotDuration` beside `slotDurationUnit`. A month has 30 days: nothing says which. */
export function durationMs(details: Details, name: string, fallback: number, unit = "mins"): number {
  const amount = details[name];
  if (typeof amount !== "number" || amount < 0) return fallback;
  return amount * (unitMs[String(details[`${name}Unit`] ?? unit)] ?? 60_000);
}

/** Length of a calendar's slots in milliseconds. */
export function slotLengthMs({ details }: { readonly details: Details }): number {
  return durationMs(details, "slotDuration", 30 * 60_000) || 30 * 60_000;
}

/** From the start of one slot to that of the next in milliseconds. */
export function slotIntervalMs({ details }: { readonly details: Details }): number {
  return durationMs(details, "slotInterval", 30 * 60_000) || 30 * 60_000;
}
