import { abortedError, ghlError, systemClock, type Clock, type Layer, type Principal } from "@ghlkit/core";
import { Bucket } from "./bucket.ts";
import type { BucketSettings, BucketState } from "./bucket-state.ts";
import { isUnsent, unsentOrigin } from "./refusals.ts";

/** How {@link withRateLimit} meters calls. */
export interface RateLimitOptions {
  /**
   * Most calls per window. When left out, 100 until the platform's headers tell another figure; when given, a ceiling
   * the platform's figure can lower and never raise. Give a share of 100 where other processes call for the same location.
   */
  readonly limit?: number;
  /** Length of the window in ms, until the platform tells another. Default 10,000. */
  readonly windowMs?: number;
  /** Most calls that wait per principal. Default 10,000. */
  readonly maxQueue?: number;
  /** Longest wait for a slot in ms. Default: none; `context.deadline` bounds it as well. */
  readonly maxWaitMs?: number;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
}

/** A layer that meters, and tells what it is doing. */
export interface RateLimitLayer extends Layer {
  /** State of one principal's bucket. */
  readonly inspect: (principal?: Principal) => BucketState;
  /** State of every bucket in use, with its principal. */
  readonly inspectAll: () => readonly (BucketState & { readonly principal: Principal | undefined })[];
}

/**
 * Keeps each principal (app, kind, resource) below the platform's burst limit: never more than `limit` calls in any window
 * as the platform counts them. Calls beyond wait in three lanes by `context.priority`, first in first out each.
 *
 * One process only: processes that call for the same location need a share of the limit each.
 *
 * @throws GhlError `queue_full` (queue or wait too long), `rate_daily`, `aborted`, `timeout` (deadline): nothing was sent.
 */
export function withRateLimit(options: RateLimitOptions = {}): RateLimitLayer {
  const settings = resolve(options);
  const buckets = new Map<string, { readonly bucket: Bucket; readonly principal: Principal | undefined }>();
  let sweepAt = 64;

  const bucketOf = (principal: Principal | undefined): Bucket => {
    const key = keyOf(principal);
    const known = buckets.get(key);
    if (known !== undefined) return known.bucket;
    if (buckets.size >= sweepAt) {
      for (const [name, { bucket }] of buckets) if (bucket.isIdle()) buckets.delete(name);
      sweepAt = Math.max(64, buckets.size * 2);
    }
    const bucket = new Bucket(settings);
    buckets.set(key, { bucket, principal });
    return bucket;
  };

  const layer: Layer = (next) => async (request, context) => {
    const bucket = bucketOf(context.principal);
    const entry = bucket.enter(context);
    const mark = typeof entry === "number" ? entry : await entry;
    if (context.signal?.aborted) {
      bucket.giveBack();
      throw abortedError(context.signal, unsentOrigin(context));
    }
    let response: Response;
    try {
      response = await next(request, context);
    } catch (error) {
      if (isUnsent(error)) bucket.giveBack();
      else bucket.lost();
      throw error;
    }
    bucket.answered(mark, response, context);
    return response;
  };

  return Object.assign(layer, {
    inspect: (principal?: Principal) => (buckets.get(keyOf(principal))?.bucket ?? new Bucket(settings)).state(),
    inspectAll: () => [...buckets.values()].map(({ bucket, principal }) => ({ principal, ...bucket.state() })),
  });
}

function keyOf(principal: Principal | undefined): string {
  return principal === undefined ? "" : `${principal.app}\n${principal.kind}\n${principal.resource}`;
}

function resolve(options: RateLimitOptions): BucketSettings {
  const settings = {
    limit: options.limit ?? 100,
    ceiling: options.limit ?? Infinity,
    windowMs: options.windowMs ?? 10_000,
    maxQueue: options.maxQueue ?? 10_000,
    maxWaitMs: options.maxWaitMs ?? Infinity,
    clock: options.clock ?? systemClock,
  };
  if (!Number.isInteger(settings.limit) || settings.limit < 1) throw wrong("limit must be a whole number of at least 1");
  if (!(settings.windowMs > 0)) throw wrong("windowMs must be more than 0");
  if (!(settings.maxQueue >= 0)) throw wrong("maxQueue must not be negative");
  if (!(settings.maxWaitMs >= 0)) throw wrong("maxWaitMs must not be negative");
  return settings;
}

function wrong(what: string): Error {
  return ghlError("invalid_request", `withRateLimit: ${what}.`, {});
}
