import { ghlError, redact, type GhlErrorOf, type StorageProblem } from "@ghlkit/core";

/** The error of a store that could not do its work. The message says what to do and is redacted. */
export function storageError(reason: StorageProblem, message: string, cause?: unknown): GhlErrorOf<"storage"> {
  return ghlError("storage", redact(message), { reason }, cause === undefined ? {} : { cause });
}
