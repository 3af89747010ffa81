import { isGhlError, parseRetryAfter, readRateState } from "@ghlkit/core";

/** A failure that another attempt may mend. */
export interface Failure {
  readonly reason: string;
  /** The platform certainly did not act on the request: any operation may be sent again. */
  readonly unprocessed: boolean;
  /** Wait the platform asked for, or the rate window; `undefined` leaves it to the backoff. */
  readonly waitMs: number | undefined;
}

/** 408 and the statuses of a platform or gateway in trouble; 501 and 505 would answer the same again. */
const passing = new Set([408, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

/** What is wrong with an answer, if another attempt may mend it. */
export function failureOfAnswer({ status, headers }: Response, windowMs: number, now: number): Failure | undefined {
  if (status < 400) return undefined;
  const waitMs = parseRetryAfter(headers.get("retry-after"), now);
  if (status === 429) {
    if (readRateState(headers).dailyRemaining === 0) return undefined;
    return { reason: "429", unprocessed: true, waitMs: waitMs ?? windowMs };
  }
  return passing.has(status) ? { reason: String(status), unprocessed: false, waitMs } : undefined;
}

/** What kept an answer from coming, if another attempt may mend it. */
export function failureOfError(error: unknown): Failure | undefined {
  if (!isGhlError(error)) return undefined;
  if (error.code === "network") return { reason: "network", unprocessed: !error.sent, waitMs: undefined };
  if (error.code === "timeout" && error.scope === "attempt") return { reason: "timeout", unprocessed: !error.sent, waitMs: undefined };
  return undefined;
}
