import { type RateWindow } from "@ghlkit/storage";
import {
  checkNumber,
  abortedError,
  ghlError,
  isGhlError,
  readRateState,
  resourceIdentity,
  systemClock,
  tenantIdentity,
  type Clock,
  type Layer,
  type Principal,
  type WireResponse,
} from "@ghlkit/core";
import { Bucket } from "./bucket.ts";
import type { BucketSettings, BucketState, DailySettings } from "./bucket-state.ts";
import { isUnsent, unsentOrigin } from "./refusals.ts";
import { SharedBucket } from "./shared-bucket.ts";
import type { SharedSettings } from "./shared-settings.ts";
import type { RateBucket } from "./slot.ts";

/** An `interactive` call that has waited for so long is nobody's click. */
const patientMs = 1000;

/** How {@link withRateLimit} meters calls. */
export interface RateLimitOptions {
  /**
   * Most calls per window. When left out, 100 until the platform's headers tell another figure; when given, a ceiling
   * the platform's figure can lower and never raise.
   */
  readonly limit?: number;
  /** Length of the window in ms, until the platform tells another. Default 10,000. */
  readonly windowMs?: number;
  /** Most calls that wait per principal. Default 10,000. */
  readonly maxQueue?: number;
  /** Longest wait for a slot in ms. Default: none; `context.deadline` bounds it as well. */
  readonly maxWaitMs?: number;
  /** The day's quota. */
  readonly daily?: DailyOptions;
  /**
   * Slots shared with other processes: `rates` of a storage. Default: each process by itself, which needs a share of the limit
   * for each where several call for the same location.
   */
  readonly window?: RateWindow;
  /** Only with `window`. */
  readonly shared?: SharedRateOptions;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
}

export interface DailyOptions {
  /** Most calls per day. Default: what the platform tells. */
  readonly limit?: number;
  /** Calls of the day that only `interactive` ones may use. Default 0. */
  readonly reserve?: number;
  /** What calls do once the day is used up: fail with `rate_daily`, or wait for its reset. Default `refuse`. */
  readonly whenUsedUp?: "refuse" | "wait";
}

export interface SharedRateOptions {
  /**
   * Share of the limit that this process goes on with while the shared window cannot be reached, after one window without any
   * call. Default 0.1: ten processes stay within the limit.
   */
  readonly fallbackShare?: number;
  /** How long an answer of the shared window is waited for, in ms. Default 1,000. */
  readonly storeTimeoutMs?: number;
  /** After so many ms the slots of a process that died come free: longer than an attempt and a window. Default 60,000. */
  readonly leaseMs?: number;
}

/** A layer that meters, and tells what it is doing. */
export interface RateLimitLayer extends Layer {
  /** State of one principal's bucket. */
  readonly inspect: (principal?: Principal) => BucketState;
  /**
   * Tells a shared window what became of the last slots. Call it before a process ends, and before the storage is closed:
   * slots nobody reported come free only when their lease ends.
   */
  readonly flush: () => Promise<void>;
  /** State of every bucket in use, with its principal. */
  readonly inspectAll: () => readonly (BucketState & { readonly principal: Principal | undefined })[];
}

/**
 * Keeps each principal (app, kind, resource) below the platform's burst limit: never more than `limit` calls in any window
 * as the platform counts them. A call without a principal is metered by its `Authorization` header, one without either by process. Calls beyond wait in three lanes by `context.priority`, first in first out each.
 *
 * While a breaker inside it refuses calls, those that wait are held back and one at a time finds out whether the host is back; an
 * `interactive` call that has not waited fails at once.
 *
 * In one process, or with `window` exactly across all that share it. The events `store_unavailable` and `store_recovered` tell
 * when a shared window is lost and found; meanwhile each process keeps to its `fallbackShare`.
 *
 * @throws GhlError `queue_full` (queue or wait too long), `rate_daily`, `circuit_open`, `aborted`, `timeout` (deadline): nothing was sent.
 */
export function withRateLimit(options: RateLimitOptions = {}): RateLimitLayer {
  const settings = resolve(options);
  const buckets = new Map<string, { readonly bucket: RateBucket; readonly principal: Principal | undefined }>();
  let sweepAt = 64;

  const bucketOf = (tenant: string, principal: Principal | undefined): RateBucket => {
    const known = buckets.get(tenant);
    if (known !== undefined) return known.bucket;
    if (buckets.size >= sweepAt) {
      for (const [name, { bucket }] of buckets) if (bucket.isIdle()) buckets.delete(name);
      sweepAt = Math.max(64, buckets.size * 2);
    }
    const bucket = newBucket(settings, tenant);
    buckets.set(tenant, { bucket, principal });
    return bucket;
  };

  const layer: Layer = (next) => async (request, context) => {
    const bucket = bucketOf(tenantIdentity(request, context) ?? "", context.principal);
    const since = settings.clock.now();
    for (let again = false; ; again = true) {
      const entry = bucket.enter(context, again);
      const slot = entry instanceof Promise ? await entry : entry;
      if (context.signal?.aborted) {
        bucket.giveBack(slot);
        throw abortedError(context.signal, unsentOrigin(context));
      }
      try {
        const response = await next(request, context);
        bucket.answered(slot, response, context);
        if (!isDayOver(response) || settings.daily.whenUsedUp === "refuse") return response;
      } catch (error) {
        if (isGhlError(error, "circuit_open")) bucket.hold(error.retryAfterMs);
        if (isUnsent(error)) bucket.giveBack(slot);
        else bucket.lost(slot);
        // Who can wait goes on waiting for the host to be back, in front: an outage costs no queue.
        const isPatient = again || context.priority !== "interactive" || settings.clock.now() - since >= patientMs;
        if (!isPatient || !isGhlError(error, "circuit_open")) throw error;
      }
    }
  };

  return Object.assign(layer, {
    inspect: (principal?: Principal) => {
      const tenant = resourceIdentity(principal);
      return (buckets.get(tenant)?.bucket ?? newBucket(settings, tenant)).state();
    },
    flush: async () => {
      await Promise.all([...buckets.values()].map(({ bucket }) => bucket.flush()));
    },
    inspectAll: () => [...buckets.values()].map(({ bucket, principal }) => ({ principal, ...bucket.state() })),
  });
}

/** Nobody acted on a call that was refused because the day is over: it can wait for the next one. */
function isDayOver({ status, headers }: WireResponse): boolean {
  return status === 429 && readRateState(headers).dailyRemaining === 0;
}

type Settings = BucketSettings | SharedSettings;

/** An unknown caller shares its slots with no other process: they may belong to another account. */
function newBucket(settings: Settings, tenant: string): RateBucket {
  return "window" in settings && tenant !== "" ? new SharedBucket(settings, tenant) : new Bucket(settings);
}

function resolve(options: RateLimitOptions): Settings {
  const settings = {
    limit: options.limit ?? 100,
    ceiling: options.limit ?? Infinity,
    windowMs: options.windowMs ?? 10_000,
    maxQueue: options.maxQueue ?? 10_000,
    maxWaitMs: options.maxWaitMs ?? Infinity,
    clock: options.clock ?? systemClock,
    daily: dailyOf(options.daily),
  };
  if (!Number.isInteger(settings.limit) || settings.limit < 1) throw wrong("limit must be a whole number of at least 1");
  checkNumber("withRateLimit", "windowMs", settings.windowMs, { above: true });
  checkNumber("withRateLimit", "maxQueue", settings.maxQueue);
  checkNumber("withRateLimit", "maxWaitMs", settings.maxWaitMs);
  return options.window === undefined ? settings : { ...settings, ...sharedOf(options.window, options.shared, settings) };
}

function dailyOf({ limit, reserve = 0, whenUsedUp = "refuse" }: DailyOptions = {}): DailySettings {
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) throw wrong("daily.limit must be a whole number of at least 1");
  if (!Number.isInteger(reserve) || reserve < 0) throw wrong("daily.reserve must be a whole number of at least 0");
  return { limit, reserve, whenUsedUp };
}

function sharedOf(
  window: RateWindow,
  { fallbackShare = 0.1, storeTimeoutMs = 1000, leaseMs = 60_000 }: SharedRateOptions = {},
  { limit, windowMs }: BucketSettings,
): Omit<SharedSettings, keyof BucketSettings> {
  if (!(fallbackShare > 0 && fallbackShare <= 1)) throw wrong("shared.fallbackShare must be above 0 and at most 1");
  checkNumber("withRateLimit", "shared.storeTimeoutMs", storeTimeoutMs, { above: true });
  if (!(Number.isInteger(leaseMs) && leaseMs > windowMs)) throw wrong("shared.leaseMs must be a whole number above windowMs");
  return { window, leaseMs, storeTimeoutMs, fallbackLimit: Math.max(1, Math.floor(limit * fallbackShare)) };
}

function wrong(what: string): Error {
  return ghlError("invalid_request", `withRateLimit: ${what}.`, {});
}
