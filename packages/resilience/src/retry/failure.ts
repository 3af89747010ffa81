import { answerOf, isGhlError, isTransient, parsePlatformError, readRateState, readRetryAfter, type WireResponse } from "@ghlkit/core";

/** A failure that another attempt may get past. */
export interface Failure {
  readonly reason: string;
  /** The platform certainly did not act on the request: any operation may be sent again. */
  readonly unprocessed: boolean;
  /** A platform that is in trouble, and would be in more if every call came back: the retry budget bounds it. */
  readonly isOutage: boolean;
  /** Wait the platform asked for, or the rate window; `undefined` leaves it to the backoff. */
  readonly waitMs: number | undefined;
}

/** 408 and the statuses of a platform or gateway in trouble; 501 and 505 would answer the same again. */
const passing = new Set([408, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

/** A refusal, a 401 even, that only says that the platform was too slow. */
function isSlow(response: WireResponse): boolean {
  const body = answerOf(response)?.body;
  return typeof body === "string" && isTransient(response.status, parsePlatformError(body).messages.join("; "));
}

/** What is wrong with an answer, if another attempt may get past it. */
export function failureOfAnswer(
  response: WireResponse,
  at: { readonly windowMs: number; readonly now: number; readonly lagMs: number | undefined },
): Failure | undefined {
  const { status, headers } = response;
  if (status < 400) return undefined;
  const { lagMs } = at;
  if (lagMs !== undefined) return { reason: "replication lag", unprocessed: true, isOutage: false, waitMs: lagMs };
  const waitMs = readRetryAfter(headers, at.now);
  if (status === 429) {
    if (readRateState(headers).dailyRemaining === 0) return undefined;
    return { reason: "429", unprocessed: true, isOutage: false, waitMs: waitMs ?? at.windowMs };
  }
  return passing.has(status) || isSlow(response) ? { reason: String(status), unprocessed: false, isOutage: true, waitMs } : undefined;
}

/** What kept an answer from coming, if another attempt may get past it. */
export function failureOfError(error: unknown): Failure | undefined {
  if (!isGhlError(error)) return undefined;
  if (error.code === "network") return { reason: "network", unprocessed: !error.sent, isOutage: true, waitMs: undefined };
  if (error.code === "timeout" && error.scope === "attempt")
    return { reason: "timeout", unprocessed: !error.sent, isOutage: true, waitMs: undefined };
  return undefined;
}
