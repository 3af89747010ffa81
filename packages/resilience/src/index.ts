// Rate limit
export {
  withRateLimit,
  type DailyOptions,
  type RateLimitLayer,
  type RateLimitOptions,
  type SharedRateOptions,
} from "./rate-limit/with-rate-limit.ts";
export type { BucketState } from "./rate-limit/bucket-state.ts";

// Retry
export { withRetry, type RetryOptions } from "./retry/with-retry.ts";
export type { RetryBudgetOptions } from "./retry/retry-budget.ts";
export type { Probed, WriteProbe } from "./retry/probe.ts";
export { retryPresets } from "./retry/retry-presets.ts";

// Time
export { withDeadline, type DeadlineOptions } from "./deadline/with-deadline.ts";

// Circuit breaker
export { withCircuitBreaker, type CircuitBreakerLayer, type CircuitBreakerOptions } from "./breaker/with-circuit-breaker.ts";
export type { CircuitState } from "./breaker/circuit.ts";

// Reads shared and kept
export { withCollapsing, type CollapsingOptions } from "./reuse/with-collapsing.ts";
export { referenceData, withCache, type CacheLayer, type CacheOptions } from "./reuse/with-cache.ts";

// Reads after writes
export { until, type UntilOptions } from "./replication-lag/until.ts";

// At most once
export { once, type DoneOnce, type OnceOptions, type OnceWrite } from "./journal/once.ts";
export { writeAtMostOnce, type KeyedWrite, type KeyedWriteSettings, type Written } from "./journal/write-at-most-once.ts";
export { mayHaveHappened } from "./journal/may-have-happened.ts";
