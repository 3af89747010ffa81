import { ghlError, type Principal } from "@ghlkit/core";

const longest = 500;

/**
 * Refuses what no engine should keep as a key: empty texts, control characters, more than 500 characters.
 * @throws GhlError `invalid_request`; the message names the field and not the value.
 */
export function checkKey(field: string, value: unknown): string {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (typeof value === "string" && value !== "" && value.length <= longest && !/[\u0000-\u001f]/.test(value) && value.isWellFormed())
    return value;
  throw ghlError("invalid_request", `${field} must be a text of 1 to ${longest} characters without control characters.`, {});
}

/** @throws GhlError `invalid_request` when a part of the key cannot be one. */
export function checkPrincipal({ app, kind, resource }: Principal): Principal {
  if (kind !== "location" && kind !== "company") throw ghlError("invalid_request", "principal.kind must be location or company.", {});
  return { app: checkKey("principal.app", app), kind, resource: checkKey("principal.resource", resource) };
}

/** @throws GhlError `invalid_request` unless it is a time to live of at least one millisecond. */
export function checkTtl(ttlMs: number): number {
  if (Number.isSafeInteger(ttlMs) && ttlMs > 0) return ttlMs;
  throw ghlError("invalid_request", "ttlMs must be a whole number of milliseconds above 0.", {});
}

/** @throws GhlError `invalid_request` unless it is a version or 0. */
export function checkVersion(version: number): number {
  if (Number.isSafeInteger(version) && version >= 0) return version;
  throw ghlError("invalid_request", "expectedVersion must be a version that was read, or 0 for a record that is not there yet.", {});
}

/** @throws GhlError `invalid_request` unless it is a page size. */
export function checkPageSize(pageSize = 100): number {
  if (Number.isSafeInteger(pageSize) && pageSize > 0 && pageSize <= 10_000) return pageSize;
  throw ghlError("invalid_request", "pageSize must be a whole number from 1 to 10,000.", {});
}
