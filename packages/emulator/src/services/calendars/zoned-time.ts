/** A calendar day. */
export interface Day {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** Whether the name is one that the runtime knows. */
export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Minutes that a zone is ahead of UTC at an instant. */
export function offsetMinutes(atMs: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: timezone, timeZoneName: "longOffset" }).formatToParts(atMs);
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  if (hours === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** The day that a zone's calendar shows at an instant. */
export function dayOf(atMs: number, timezone: string): Day {
  const local = new Date(atMs + offsetMinutes(atMs, timezone) * 60_000);
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
}

/** The instant at which a zone's clocks show so many minutes after midnight of a day. */
export function instantOf({ year, month, day }: Day, minutes: number, timezone: string): number {
  const asUtc = Date.UTC(year, month - 1, day, 0, minutes);
  const guess = asUtc - offsetMinutes(asUtc, timezone) * 60_000;
  // The offset may change between the guess and the instant.
  return asUtc - offsetMinutes(guess, timezone) * 60_000;
}

/** ISO 8601 with the zone's offset: `2026-10-05T09:00:00-04:00`. */
export function toZonedIso(atMs: number, timezone: string): string {
  const offset = offsetMinutes(atMs, timezone);
  const local = new Date(atMs + offset * 60_000).toISOString().slice(0, 19);
  const pad = (value: number): string => String(value).padStart(2, "0");
  const size = Math.abs(offset);
  return `${local}${offset < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}
