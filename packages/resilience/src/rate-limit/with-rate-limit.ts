import { type RateWindow } from "@ghlkit/storage";
import {
  checkNumber,
  abortedError,
  ghlError,
  isGhlError,
  principalKey,
  readRateState,
  systemClock,
  tenantIdentity,
  type Clock,
  type Layer,
  type CallContext,
  type Principal,
  type Send,
  type WireRequest,
} from "@ghlkit/core";
import { Bucket, type RateBucket } from "./bucket.ts";
import type { BucketSettings, BucketState, DailySettings } from "./bucket-state.ts";
import { isUnsent, unsentOrigin } from "./refusals.ts";
import { ProcessSlots } from "./process-slots.ts";
import type { SharedSettings } from "./shared-settings.ts";
import { SharedSlots } from "./shared-slots.ts";
import type { RatedAnswer, Slot } from "./slot.ts";

/** After so long a wait an `interactive` call no longer fails fast. */
const failsFastMs = 1000;

/** How {@link withRateLimit} meters calls. */
export interface RateLimitOptions {
  /**
   * Most calls per window. When left out, 100 until the platform's headers state another figure; when given, a ceiling
   * the platform's figure can lower and never raise.
   */
  readonly limit?: number;
  /**
   * Length of the window in ms, until the platform states another.
   * @default 10_000
   */
  readonly windowMs?: number;
  /**
   * Most calls that wait per principal.
   * @default 10_000
   */
  readonly maxQueue?: number;
  /**
   * Longest wait for a slot in ms.
   * @default none; `context.deadline` bounds it as well
   */
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
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** The daily quota of {@link withRateLimit}. */
export interface DailyOptions {
  /**
   * Most calls per day.
   * @default what the platform states
   */
  readonly limit?: number;
  /**
   * Calls of the day that only `interactive` ones may use.
   * @default 0
   */
  readonly reserve?: number;
  /**
   * What calls do once the day is used up: fail with `rate_daily`, or wait for its reset.
   * @default "refuse"
   */
  readonly whenUsedUp?: "refuse" | "wait";
}

/** How processes share a rate window. */
export interface SharedRateOptions {
  /**
   * Share of the limit that this process goes on with while the shared window cannot be reached, after one window without any
   * call.
   * @default 0.1: ten processes stay within the limit
   */
  readonly fallbackShare?: number;
  /**
   * How long an answer of the shared window is waited for, in ms.
   * @default 1_000
   */
  readonly storeTimeoutMs?: number;
  /**
   * After so many ms the slots of a process that died come free: longer than an attempt and a window.
   * @default 60_000
   */
  readonly leaseMs?: number;
}

/** A layer that meters calls, with the state of its buckets. */
export interface RateLimitLayer extends Layer {
  /** State of one principal's bucket. */
  readonly inspect: (principal?: Principal) => BucketState;
  /**
   * Reports to a shared window what became of the last slots. Call it before a process ends, and before the storage is closed:
   * slots that were not reported come free only when their lease ends.
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
 * In one process, or with `window` exactly across all that share it. The events `store_unavailable` and `store_recovered` report
 * when a shared window is lost and found; meanwhile each process keeps to its `fallbackShare`.
 *
 * @throws GhlError `queue_full` (queue or wait too long), `rate_daily`, `circuit_open`, `aborted`, `timeout` (deadline): nothing was sent.
 */
export function withRateLimit(options: RateLimitOptions = {}): RateLimitLayer {
  const settings = resolve(options);
  const buckets = new Map<string, RateBucket>();
  let sweepAt = 64;

  const bucketOf = (tenant: string, principal: Principal | undefined): RateBucket => {
    const known = buckets.get(tenant);
    if (known !== undefined) return known;
    if (buckets.size >= sweepAt) {
      for (const [name, bucket] of buckets) if (bucket.isIdle()) buckets.delete(name);
      sweepAt = Math.max(64, buckets.size * 2);
    }
    const bucket = newBucket(settings, tenant, principal);
    buckets.set(tenant, bucket);
    return bucket;
  };

  /** Enters the queue of its bucket, then sends. A queue holds its calls for long: no frame of a function waits for each of them. */
  const meter = (call: MeteredCall, again: boolean): ReturnType<Send> => {
    try {
      const entry = call.bucket.enter(call.context, again);
      return entry instanceof Promise ? entry.then((slot) => sendWith(slot, call, again)) : sendWith(entry, call, again);
    } catch (error) {
      return Promise.reject(error as Error);
    }
  };

  const sendWith = async (slot: Slot, call: MeteredCall, again: boolean): ReturnType<Send> => {
    const { bucket, next, request, context, since } = call;
    if (context.signal?.aborted) {
      slot.giveBack();
      throw abortedError(context.signal, unsentOrigin(context));
    }
    try {
      const response = await next(request, context);
      slot.answered(response, context);
      if (!isDayOver(response) || settings.daily.whenUsedUp === "refuse") return response;
    } catch (error) {
      if (isGhlError(error, "circuit_open")) bucket.hold(error.retryAfterMs);
      if (isUnsent(error)) slot.giveBack();
      else slot.lost();
      // A call that can wait keeps its place in front until the host is back: queued calls survive an outage.
      const mayWait = again || context.priority !== "interactive" || settings.clock.now() - since >= failsFastMs;
      if (!mayWait || !isGhlError(error, "circuit_open")) throw error;
    }
    return meter(call, true);
  };

  const layer: Layer = (next) => (request, context) => {
    const bucket = bucketOf(tenantIdentity(request, context) ?? "", context.principal);
    return meter({ bucket, next, request, context, since: settings.clock.now() }, false);
  };

  return Object.assign(layer, {
    inspect: (principal?: Principal) => {
      const tenant = principalKey(principal);
      return (buckets.get(tenant) ?? newBucket(settings, tenant, principal)).state();
    },
    flush: async () => {
      await Promise.all([...buckets.values()].map((bucket) => bucket.flush()));
    },
    inspectAll: () => [...buckets.values()].map((bucket) => ({ principal: bucket.principal, ...bucket.state() })),
  });
}

/** A call, with the bucket it is metered in. */
interface MeteredCall {
  readonly bucket: RateBucket;
  readonly next: Send;
  readonly request: WireRequest;
  readonly context: CallContext;
  /** When it was made. */
  readonly since: number;
}

/** A call that was refused because the day is over had no effect: it can wait for the next day. */
function isDayOver({ status, headers }: RatedAnswer): boolean {
  return status === 429 && readRateState(headers).dailyRemaining === 0;
}

type Settings = BucketSettings | SharedSettings;

/** An unknown caller shares its slots with no other process: they may belong to another account. */
function newBucket(settings: Settings, tenant: string, principal: Principal | undefined): RateBucket {
  if ("window" in settings && tenant !== "") return new Bucket(settings, principal, (bucket) => new SharedSlots(settings, tenant, bucket));
  return new Bucket(settings, principal, (bucket) => new ProcessSlots(settings, bucket));
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
