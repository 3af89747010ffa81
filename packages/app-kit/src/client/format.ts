const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than using it a hundred times. */
export function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${language} ${JSON.stringify(options)}`;
  const format = formats.get(name) ?? new Intl.DateTimeFormat(language, options);
  formats.set(name, format);
  return format;
}

/** An instant in a zone; the browser's, where none is named. Wall time is never made into an instant here. */
export function formatTime(
  instant: number | string,
  zone?: string,
  options: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
): string {
  return dateFormat("en-GB", { ...options, ...(zone !== undefined && { timeZone: zone }) }).format(new Date(instant));
}

/** `14:02` for today, `4 Dec, 14:02` for another day, with its year where that is another one. In the browser's zone. */
export function formatMoment(instant: number | string, now: number = Date.now()): string {
  const time = formatTime(instant);
  const day = (at: number | string): string => formatTime(at, undefined, { dateStyle: "short" });
  if (day(instant) === day(now)) return time;
  const isThisYear = new Date(instant).getFullYear() === new Date(now).getFullYear();
  const date = formatTime(instant, undefined, { day: "numeric", month: "short", ...(!isThisYear && { year: "numeric" }) });
  return `${date}, ${time}`;
}

/** `UTC+9`, `UTC-03:30`: the offset that a zone has at an instant. */
export function offsetName(instant: number | string, zone: string): string {
  const parts = dateFormat("en-GB", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(new Date(instant));
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "UTC";
  return name === "GMT" ? "UTC" : name.replace("GMT", "UTC");
}

/** An amount in major units. */
export function formatAmount(amount: number, currency: string, digits?: number): string {
  const fraction = digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat("en-US", { style: "currency", currency, ...fraction }).format(amount);
}
