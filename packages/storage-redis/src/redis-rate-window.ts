import type { RateGrant, RateWindow } from "@ghlkit/storage";
import { rateWindowOn } from "@ghlkit/storage/engine";
import type { RedisScript } from "./redis-script.ts";

/** How long an idle bucket is remembered at least: longer than any lease and day. */
const memoryMs = 90_000_000;

/** Rate windows in Redis: one script per question, atomic, on Redis's clock. */
export function createRedisRateWindow(run: RedisScript, keyOf: (bucket: string) => string): RateWindow {
  return rateWindowOn(async (bucket, request) => {
    const answer = await run(keyOf(bucket), JSON.stringify(request), memoryMs);
    return JSON.parse(String(answer)) as RateGrant;
  });
}
