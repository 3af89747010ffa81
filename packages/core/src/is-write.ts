import type { Operation } from "@ghlkit/contract";

/** Whether a call may change something. Searches by POST do not; outside the contract only GET and HEAD are known to change nothing. */
export function isWrite(method: string, operation: Operation | undefined): boolean {
  return method !== "GET" && method !== "HEAD" && operation?.retry !== "safe";
}
