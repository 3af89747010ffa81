import type { FaultList } from "../faults/fault-list.ts";
import { createRandom, unitRandom } from "../ids/random.ts";
import { createOtherClient, type OtherClient } from "./other-client.ts";
import { createRateWindow, type RateWindow, type RateWindowKind } from "./rate-window.ts";

const dayMs = 86_400_000;

/** Limits and how they are enforced: the options of `EmulatorOptions`. */
export interface RateSettings {
  readonly seed: string;
  readonly rateWindow: RateWindowKind;
  readonly burstLimit: number;
  readonly burstWindowMs: number;
  readonly dailyLimit: number;
  readonly enforceBurstLimit: boolean;
  readonly enforceDailyQuota: boolean;
}

/** What the limiter says of one request. */
export interface RateVerdict {
  /** Absent when the request may pass. */
  readonly exhausted?: "burst" | "daily";
  /** Milliseconds until the next slot; 0 when the request may pass. */
  readonly retryInMs: number;
  /** The platform's rate headers, spelled as it does. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Meters requests per app and resource. */
export interface RateLimiter {
  readonly take: (bucket: string, nowMs: number) => RateVerdict;
  /** Forgets every bucket. */
  readonly reset: () => void;
}

interface Bucket {
  readonly burst: RateWindow;
  day: number;
  usedToday: number;
  /** Made when a fault first wants one. */
  other: OtherClient | undefined;
}

export function createRateLimiter(options: RateSettings, faults: Pick<FaultList, "standing" | "count">): RateLimiter {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (name: string, nowMs: number): Bucket => {
    let bucket = buckets.get(name);
    if (bucket === undefined) {
      const burst = createRateWindow(options.rateWindow, options.burstLimit, options.burstWindowMs);
      buckets.set(name, (bucket = { burst, day: 0, usedToday: 0, other: undefined }));
    }
    const day = Math.floor(nowMs / dayMs);
    if (bucket.day !== day) {
      bucket.day = day;
      bucket.usedToday = 0;
    }
    return bucket;
  };
  const letOthersSpend = (name: string, bucket: Bucket, nowMs: number): void => {
    const [fault] = faults.standing("other-client");
    if (fault === undefined) return;
    bucket.other ??= createOtherClient(
      options.burstLimit,
      options.burstWindowMs,
      unitRandom(createRandom(`${options.seed}/other-client/${name}`)),
    );
    for (const atMs of bucket.other.requestsUntil(nowMs, fault.share ?? 0.5)) {
      if (bucket.usedToday >= options.dailyLimit || !bucket.burst.take(atMs)) continue;
      bucket.usedToday += 1;
      faults.count(fault);
    }
  };
  return {
    take(name, nowMs) {
      const bucket = bucketOf(name, nowMs);
      letOthersSpend(name, bucket, nowMs);
      const dailyResetMs = (bucket.day + 1) * dayMs - nowMs;
      let exhausted: "burst" | "daily" | undefined;
      if (options.enforceDailyQuota && bucket.usedToday >= options.dailyLimit) exhausted = "daily";
      else if (!bucket.burst.take(nowMs) && options.enforceBurstLimit) exhausted = "burst";
      if (exhausted === undefined) bucket.usedToday += 1;
      const headers = rateHeaders(options, bucket, nowMs, dailyResetMs);
      if (exhausted === undefined) return { retryInMs: 0, headers };
      return { exhausted, retryInMs: exhausted === "daily" ? dailyResetMs : bucket.burst.freeInMs(nowMs), headers };
    },
    reset: () => buckets.clear(),
  };
}

function rateHeaders(options: RateSettings, bucket: Bucket, nowMs: number, dailyResetMs: number): Record<string, string> {
  return {
    "X-RateLimit-Limit-Daily": String(options.dailyLimit),
    "X-RateLimit-Daily-Remaining": String(Math.max(0, options.dailyLimit - bucket.usedToday)),
    "X-RateLimit-Daily-Reset": String(dailyResetMs),
    "X-RateLimit-Interval-Milliseconds": String(options.burstWindowMs),
    "X-RateLimit-Max": String(options.burstLimit),
    "X-RateLimit-Remaining": String(bucket.burst.remaining(nowMs)),
  };
}
