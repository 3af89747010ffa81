import { checkNumber } from "@ghlkit/core";
import type { CallOptions } from "../call/call-types.ts";
import { invalidRequest } from "./invalid-request.ts";

const priorities: ReadonlySet<unknown> = new Set(["interactive", "webhook", "bulk"]);

/**
 * Refuses options that would not do what they say: a timeout of `NaN` would end every attempt at once.
 * @throws GhlError `invalid_request`.
 */
export function checkOptions(operation: string, options: CallOptions): void {
  const { timeoutMs, deadlineMs, priority, signal } = options;
  checkNumber(operation, "timeoutMs", timeoutMs);
  checkNumber(operation, "deadlineMs", deadlineMs);
  if (priority !== undefined && !priorities.has(priority))
    throw invalidRequest(operation, `priority must be "interactive", "webhook" or "bulk"; it is ${JSON.stringify(priority)}.`);
  if (signal !== undefined && !isSignal(signal)) throw invalidRequest(operation, "signal must be an AbortSignal.");
}

function isSignal(value: unknown): boolean {
  return typeof value === "object" && value !== null && "aborted" in value && "addEventListener" in value;
}
