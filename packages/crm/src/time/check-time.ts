import { checkNumber, ghlError } from "@ghlkit/core";

/** March 1973: what is less is a time in seconds, and would be carried out at once, or shown in 1970. */
const leastMs = 1e11;

/** The last second that a `Date` can hold. */
const latestMs = 8.64e15 - 1000;

/** Refuses a time that is no time in ms since epoch. `undefined` is a time that is not given. @throws GhlError `invalid_request` */
export function checkTime(where: string, name: string, ms: number | undefined): void {
  checkNumber(where, name, ms, { most: latestMs });
  if (ms === undefined || ms >= leastMs) return;
  throw ghlError(
    "invalid_request",
    `${where}: ${name} is ${ms}, which is in 1973 or before: give milliseconds since epoch, not seconds.`,
    {},
  );
}
