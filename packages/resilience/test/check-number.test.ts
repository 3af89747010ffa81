import { createMemoryStorage } from "@ghlkit/storage";
import { expect, test } from "vitest";
import { once, until, withCache, withCircuitBreaker, withDeadline, withRateLimit, withRetry } from "../src/index.ts";

test.each<[string, (value: number) => unknown]>([
  ["withRetry baseDelayMs", (value) => withRetry({ baseDelayMs: value })],
  ["withRetry maxDelayMs", (value) => withRetry({ maxDelayMs: value })],
  ["withRetry maxRetryAfterMs", (value) => withRetry({ maxRetryAfterMs: value })],
  ["withRetry windowMs", (value) => withRetry({ windowMs: value })],
  ["withRetry lagMs", (value) => withRetry({ lagMs: value })],
  ["withRetry maxAttempts", (value) => withRetry({ maxAttempts: value })],
  ["withRetry budget", (value) => withRetry({ budget: { ratio: value } })],
  ["withRetry reserve", (value) => withRetry({ budget: { reserve: value } })],
  ["withCircuitBreaker openMs", (value) => withCircuitBreaker({ openMs: value })],
  ["withCircuitBreaker failures", (value) => withCircuitBreaker({ failures: value })],
  ["withCache ttlMs", (value) => withCache({ ttlMs: { "users.list": value } })],
  ["withCache maxEntries", (value) => withCache({ ttlMs: {}, maxEntries: value })],
  ["withDeadline totalMs", (value) => withDeadline({ totalMs: value })],
  ["withRateLimit windowMs", (value) => withRateLimit({ windowMs: value })],
  ["withRateLimit limit", (value) => withRateLimit({ limit: value })],
  ["withRateLimit maxQueue", (value) => withRateLimit({ maxQueue: value })],
  ["withRateLimit maxWaitMs", (value) => withRateLimit({ maxWaitMs: value })],
])("%s that is no number, or negative, is refused", (_, make) => {
  for (const value of [Number.NaN, -1, "5" as unknown as number])
    expect(() => make(value)).toThrow(expect.objectContaining({ code: "invalid_request" }));
});

test.each<[string, (value: number) => Promise<unknown>]>([
  [
    "until withinMs",
    (value) =>
      until(
        async () => 1,
        () => false,
        { withinMs: value },
      ),
  ],
  [
    "until intervalMs",
    (value) =>
      until(
        async () => 1,
        () => false,
        { intervalMs: value },
      ),
  ],
  ["once leaseMs", (value) => once("k", async () => 1, { journal: createMemoryStorage().journal, leaseMs: value })],
])("%s that is no number, or negative, is refused", async (_, make) => {
  for (const value of [Number.NaN, -1]) await expect(make(value)).rejects.toMatchObject({ code: "invalid_request" });
});
