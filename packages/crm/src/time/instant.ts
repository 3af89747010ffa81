import { ghlError } from "@ghlkit/core";
import { isDay } from "./is-day.ts";

/** A point in time: ISO 8601 with an offset or `Z`, ms since epoch, or a Date. */
export type Instant = string | number | Date;

const withOffset = /T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * An instant in ms since epoch.
 * @throws GhlError `invalid_request` for what is no time, for a day that the calendar does not have (`Date` takes 31 September for 1 October), and for a local time without an
 *   offset: it is another instant in every zone.
 */
export function instantMs(name: string, value: Instant): number {
  if (typeof value === "string" && !withOffset.test(value)) {
    throw ghlError(
      "invalid_request",
      Number.isNaN(Date.parse(value))
        ? `${name} is no time: ${JSON.stringify(value)}. Give ISO 8601 with an offset, such as 2027-01-31T09:00:00-05:00.`
        : `${name} has no offset: ${JSON.stringify(value)} is another instant in every time zone. Add the offset, as in 2027-01-31T09:00:00-05:00, or Z.`,
      {},
    );
  }
  if (typeof value === "string" && !isDay(value.slice(0, 10)))
    throw ghlError("invalid_request", `${name} is no time: the calendar has no ${value.slice(0, 10)}.`, {});
  const ms = typeof value === "number" ? value : new Date(value).getTime();
  if (!Number.isFinite(ms)) throw ghlError("invalid_request", `${name} is no time: ${String(value)}.`, {});
  return ms;
}

/**
 * An instant in ms since epoch, cut to the second: appointments have no fractions of one, and are found again by their instant.
 * @throws GhlError as {@link instantMs}
 */
export function instantSecondMs(name: string, value: Instant): number {
  return Math.floor(instantMs(name, value) / 1000) * 1000;
}
