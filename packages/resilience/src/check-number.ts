import { ghlError } from "@ghlkit/core";

/**
 * Refuses a number of milliseconds, calls or shares that would not do what it says: `NaN` compares as false with everything, and a negative
 * wait is none.
 * @throws GhlError `invalid_request`.
 */
export function checkNumber(layer: string, name: string, value: number, { above = false }: { readonly above?: boolean } = {}): void {
  if (typeof value === "number" && (above ? value > 0 : value >= 0)) return;
  const range = above ? "more than 0" : "0 or more";
  throw ghlError("invalid_request", `${layer}: ${name} must be a number, ${range}; it is ${String(value)}.`, {});
}
