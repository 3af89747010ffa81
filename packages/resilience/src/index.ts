// Rate limit
export { withRateLimit, type RateLimitLayer, type RateLimitOptions } from "./rate-limit/with-rate-limit.ts";
export type { BucketState } from "./rate-limit/bucket-state.ts";

// Retry
export { withRetry, type RetryOptions } from "./retry/with-retry.ts";
