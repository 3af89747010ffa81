import { ghlError, type GhlError } from "@ghlkit/core";

/** The error of a call that was refused before sending. */
export function invalidRequest(operation: string, message: string): GhlError {
  return ghlError("invalid_request", `${operation}: ${message} Nothing was sent.`, {}, { operation });
}
