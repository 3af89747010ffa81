/** `Friday 4 December 2026, 09:30 (Asia/Tokyo, UTC+9)`: page, message and tests say a moment alike. */
export function momentName(instant: string, zone: string): string {
  const at = new Date(instant);
  const parts = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone }).format(at);
  const day = ["weekday", "day", "month", "year"]
    .map((part) => parts({ [part]: part === "day" || part === "year" ? "numeric" : "long" }))
    .join(" ");
  const time = parts({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const names = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(at);
  const offset = names.find(({ type }) => type === "timeZoneName")?.value.replace("GMT", "UTC") ?? "UTC";
  return `${day}, ${time} (${zone}, ${offset})`;
}
