// Sending
export { isLoopback, parseBaseUrl, type BaseUrlOptions, type BaseUrlResult } from "./base-url.ts";
export { watchedBody, type WatchedBody } from "./watched-body.ts";
export { compose, type Layer, type Send } from "./send.ts";
export { isWrite } from "./is-write.ts";
export type { WireBody, WireRequest } from "./wire-request.ts";
export type { WireHeaders, WireResponse } from "./wire-response.ts";
export { transportOf, type TransportOptions } from "./transport.ts";
export { mostRedirects, redirectTarget } from "./redirect-target.ts";
export type { Bytes } from "./bytes.ts";
export type { CallContext, Principal, Priority } from "./call-context.ts";
export type { CallEvent, CallEvents } from "./call-event.ts";
export { detachedListener } from "./listener.ts";
export { fetchSend, type FetchLike } from "./fetch-send.ts";
export { callerIdentity, tenantIdentity } from "./caller-identity.ts";
export { principalKey } from "./principal-key.ts";
export { sha256 } from "./sha256.ts";
export { checkNumber, type NumberRange } from "./check-number.ts";
export { createContext, fromFetch, layeredFetch, toFetch, wireRequest } from "./fetch-adapters.ts";
export { answerData, answerJson, answerText } from "./answer-data.ts";
export { readAnswer, readBody } from "./read-body.ts";
export { answerOf, isRead, toResponse, type Answer, type ReadResponse } from "./read-response.ts";
export { withAttemptTimeout, type AttemptTimeoutOptions } from "./attempt-timeout.ts";

// Credentials
export type { BoundResource, Credentials } from "./credentials.ts";

// Errors
export { asGhlError } from "./as-ghl-error.ts";
export { ghlError, GhlErrorBase, isGhlError, originOf, type ErrorOrigin, type GhlError, type GhlErrorOf } from "./ghl-error.ts";
export type { ErrorDetails, GhlErrorCode, InvalidField, StorageProblem } from "./error-code.ts";
export { classify } from "./classify/classify.ts";
export { isTransient } from "./classify/transient.ts";
export { bodyFailedError, networkError } from "./network-error.ts";
export { isUnsentCall, unauthorisedCall } from "./unsent-call.ts";
export { parsePlatformError, traceIdOf, type PlatformError } from "./classify/platform-error.ts";

// Rate
export { readRateState, type RateState } from "./rate-state.ts";
export { parseDailyReset, readDailyReset } from "./daily-reset.ts";
export { readRetryAfter } from "./retry-after.ts";

// Runtimes
export { isolatesRequests, runtime, type Runtime } from "./runtime.ts";
export { preparedOnce } from "./prepared-once.ts";

// Logging and redaction
export { withLogging, type CallLog, type Logger, type LoggingOptions } from "./logging.ts";
export { excerpt, redact } from "./redact.ts";
export { redactedCause } from "./redacted-cause.ts";

// Telemetry
export { untraced, type Trace, type TracedWork } from "./trace.ts";

// Time
export { monotonicNow, systemClock, type Clock } from "./clock.ts";
export { onAbort } from "./on-abort.ts";
export { abortedError, sleep } from "./sleep.ts";
export { withinTime, type TimeLimit } from "./within-time.ts";
