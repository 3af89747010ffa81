import { parseHttpDate, splitHttpDates } from "./http-date.ts";
import type { WireHeaders } from "./wire-response.ts";

/** The longest wait that is believed: by then the day's quota is a new one, whatever else a header says. */
const longestMs = 86_400_000;

/**
 * Milliseconds that the `Retry-After` header of an answer asks to wait (RFC 9110 10.2.3): whole seconds, or an HTTP date, which counts from
 * the answer's own `Date`. Where proxies made a list of it, the longest wait; at most a day.
 *
 * @param now Own time in ms since epoch, for an answer without `Date`.
 * @returns `undefined` when the header is absent, cannot be read, or asks for no wait at all (0, or a date that has passed).
 */
export function readRetryAfter(headers: Pick<WireHeaders, "get">, now: number): number | undefined {
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  const { dates, others } = splitHttpDates(value);
  const since = parseHttpDate(headers.get("date") ?? "", now) ?? now;
  const waits = [
    ...others.map((element) => (/^\d+$/.test(element) ? Number(element) * 1000 : 0)),
    ...dates.map((date) => (parseHttpDate(date, now) ?? since) - since),
  ];
  const askedMs = Math.min(Math.max(0, ...waits), longestMs);
  return askedMs > 0 ? askedMs : undefined;
}
