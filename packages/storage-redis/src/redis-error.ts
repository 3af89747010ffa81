import { isGhlError, redact, type StorageProblem } from "@ghlkit/core";
import { storageError } from "@ghlkit/storage/engine";

/** What Redis answers, by the first word of its errors, and what ioredis says of a connection. */
const known: readonly (readonly [RegExp, StorageProblem, string])[] = [
  [/^OOM\b/, "full", "Redis is out of memory: raise maxmemory, or look what else fills it."],
  [/^READONLY\b/, "read_only", "This Redis is a replica: connect to the primary."],
  [/^(NOAUTH|WRONGPASS|NOPERM)\b/, "unavailable", "Redis refused the login or the command: check user, password and rights."],
  [/^(BUSY|LOADING|MASTERDOWN|TRYAGAIN|CLUSTERDOWN)\b/, "busy", "Redis is busy or starting: try again."],
  [/^MISCONF\b/, "full", "Redis cannot save to its disk and takes no writes: look at its log."],
  [
    /Connection is closed|enableOfflineQueue|writeable|max retries|timed out|E[A-Z]{4,}/,
    "unavailable",
    "Redis does not answer: check host, network and server.",
  ],
];

/** The error of ours for an error of ioredis. Its text is redacted: it can hold the command. */
export function redisError(error: unknown): Error {
  if (isGhlError(error)) return error;
  const text = error instanceof Error ? error.message : String(error);
  const cause = new Error(redact(text.slice(0, 200)));
  for (const [pattern, reason, message] of known) if (pattern.test(text)) return storageError(reason, message, cause);
  return storageError("other", "Redis refused a script.", cause);
}
