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

/** Formats are slow to make and cannot change. There are some 600 zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function offsetFormat(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", { timeZone: timezone, timeZoneName: "longOffset" });
  formats.set(timezone, made);
  return made;
}

/** Offsets by zone and quarter of an hour: clocks change at full quarters of UTC. */
const offsets = new Map<string, number>();
const mostOffsets = 20_000;
const quarterMs = 900_000;

/** Minutes that a zone is ahead of UTC at an instant. */
export function offsetMinutes(atMs: number, timezone: string): number {
  const key = `${timezone} ${Math.floor(atMs / quarterMs)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size >= mostOffsets) offsets.clear();
  const offset = readOffset(atMs, timezone);
  offsets.set(key, offset);
  return offset;
}

function readOffset(atMs: number, timezone: string): number {
  const parts = offsetFormat(timezone).formatToParts(atMs);
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

/** The day after. */
export function nextDay({ year, month, day }: Day): Day {
  const next = new Date(Date.UTC(year, month - 1, day + 1));
  return { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() };
}

/** 0 is Sunday. */
export function weekdayOf({ year, month, day }: Day): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** `2026-10-05`. */
export function dayText({ year, month, day }: Day): string {
  return `${year}-${pad(month)}-${pad(day)}`;
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
  const size = Math.abs(offset);
  return `${local}${offset < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** What clocks in the zone show, without the zone: `2026-07-31 18:30:00`. */
export function toWallTime(atMs: number, timezone: string): string {
  return toZonedIso(atMs, timezone).slice(0, 19).replace("T", " ");
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
