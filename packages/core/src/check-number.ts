import { ghlError } from "./ghl-error.ts";

/** What a number has to be. */
export interface NumberRange {
  /** Default 0. */
  readonly least?: number;
  /** Default none. */
  readonly most?: number;
  /** More than 0. */
  readonly above?: boolean;
  /** No fractions. Default false. */
  readonly whole?: boolean;
}

/**
 * Refuses an option that would not do what it says: `NaN` compares as false with everything, and a negative wait is none. `undefined` is an
 * option that is not given.
 *
 * @param where What takes the option, such as `withRetry`.
 * @throws GhlError `invalid_request` with the name, the range and the value.
 */
export function checkNumber(where: string, name: string, value: unknown, range: NumberRange = {}): void {
  if (value === undefined) return;
  const { least = 0, most = Infinity, above = false, whole = false } = range;
  const isIn = typeof value === "number" && (above ? value > 0 : value >= least) && value <= most;
  if (isIn && (!whole || Number.isSafeInteger(value))) return;
  const from = above ? "more than 0" : `${least} or more`;
  const upTo = most === Infinity ? "" : `, at most ${most}`;
  throw ghlError(
    "invalid_request",
    `${where}: ${name} must be a ${whole ? "whole " : ""}number, ${from}${upTo}; it is ${String(value)}.`,
    {},
  );
}
