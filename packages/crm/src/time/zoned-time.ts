/** Formats are slow to make. There are some 600 zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether a name is one of the IANA time zones that the runtime knows. */
export function isTimeZone(zone: string): boolean {
  try {
    offsetFormat(zone);
    return true;
  } catch {
    return false;
  }
}

/** ISO 8601 to the second, with the zone's offset: `2026-11-01T01:30:00-04:00`. */
export function zonedIso(atMs: number, zone: string): string {
  const minutes = offsetMinutes(atMs, zone);
  const local = new Date(atMs + minutes * 60_000).toISOString().slice(0, 19);
  const size = Math.abs(minutes);
  return `${local}${minutes < 0 ? "-" : "+"}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

/**
 * The instant at which clocks in a zone show a wall time such as `2026-10-05 09:00:00`. Of an hour that the clocks show twice it is the first; an hour that they leave out is the
 * one after it. `NaN` for what is no time.
 */
export function wallTimeMs(text: string, zone: string): number {
  const asUtc = Date.parse(`${text.trim().replace(" ", "T")}Z`);
  if (Number.isNaN(asUtc)) return Number.NaN;
  const [earlier, later] = [asUtc - 86_400_000, asUtc + 86_400_000].map((near) => asUtc - offsetMinutes(near, zone) * 60_000);
  const fits = [earlier, later].filter((at) => at !== undefined && at + offsetMinutes(at, zone) * 60_000 === asUtc);
  return Math.min(...(fits.length > 0 ? fits : [earlier]).map((at) => at ?? Number.NaN));
}

function offsetMinutes(atMs: number, zone: string): number {
  const name = offsetFormat(zone)
    .formatToParts(atMs)
    .find(({ type }) => type === "timeZoneName")?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? "") ?? [];
  return hours === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** @throws RangeError for what is no zone. */
function offsetFormat(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  formats.set(zone, made);
  return made;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
