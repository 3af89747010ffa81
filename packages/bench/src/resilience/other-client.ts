import { createContext, sleep, type Send } from "@ghlkit/core";
import { createManualClock, type ManualClock } from "@ghlkit/core/testing";
import { withRateLimit, withRetry } from "@ghlkit/resilience";
import { createMemoryRateWindow } from "@ghlkit/storage";
import { measure, median, type Measure } from "../measure.ts";
import { seeded } from "@ghlkit/test-servers/seeded";

const calls = 1000;
const limit = 100;
const windowMs = 10_000;
const seeds = 20;
const request = Object.freeze({ method: "GET", url: "https://platform/", headers: {}, body: undefined });
const context = createContext({ principal: { app: "bench", kind: "location", resource: "loc" } });

interface Run {
  readonly ok: number;
  readonly refused: number;
  /** Calls served, relative to what the other client left of every window. */
  readonly ofLeft: number;
}

/**
 * Another client wants a random part of every window, half of it on average, and gets it before us. Only answers tell of it. On an
 * emulated clock with 40 to 120 ms under way, because it takes twenty times twenty windows.
 */
export async function otherClient(): Promise<readonly Measure[]> {
  const measures: Measure[] = [];
  const cases = [
    ["fixed", false, "fixed"],
    ["sliding", false, "sliding"],
    ["sliding", true, "sliding, over a shared window"],
  ] as const;
  for (const [kind, isShared, name] of cases) {
    const runs: Run[] = [];
    for (let seed = 1; seed <= seeds; seed += 1) runs.push(await run(kind, { seed, isShared }));
    const shares = runs.map(({ ofLeft }) => ofLeft * 100);
    const refused = runs.reduce((sum, one) => sum + one.refused, 0);
    const label = `another client takes a random half, ${name}, ${seeds} seeds of ${calls} calls`;
    measures.push(
      measure(`${label}: fewest that succeed`, Math.min(...runs.map(({ ok }) => ok)), "", { atLeast: calls }),
      measure(`${label}: 429s of all requests`, (refused / (refused + calls * seeds)) * 100, "%", { atMost: 1 }),
      measure(
        `${label}: share of what is left, median`,
        median(shares),
        "%",
        { atLeast: 90 },
        { least: Math.min(...shares), most: Math.max(...shares) },
      ),
    );
  }
  return measures;
}

async function run(kind: "fixed" | "sliding", { seed, isShared }: { readonly seed: number; readonly isShared: boolean }): Promise<Run> {
  const clock = createManualClock();
  const random = seeded(seed);
  const started = clock.now();
  const platform = contestedWindow(clock, kind, random);
  const underWay = (): Promise<void> => sleep(20 + random() * 40, undefined, clock);
  const send: Send = async () => {
    await underWay();
    const { full, remaining } = platform.arrive();
    const headers = {
      "x-ratelimit-max": String(limit),
      "x-ratelimit-remaining": String(remaining),
      "x-ratelimit-interval-milliseconds": String(windowMs),
    };
    await underWay();
    return new Response(null, { status: full ? 429 : 200, headers });
  };
  const limiter = withRateLimit({ clock, ...(isShared ? { window: createMemoryRateWindow({ clock }) } : {}) });
  const through = [withRetry({ clock, random, maxAttempts: 10 }), limiter].reduceRight<Send>((next, layer) => layer(next), send);
  let ended = 0;
  let ok = 0;
  const all = Array.from({ length: calls }, async () => {
    const response = await through(request, context).finally(() => (ended += 1));
    if (response.ok) ok += 1;
  });
  while (ended < calls) await clock.advance(50);
  await Promise.all(all);
  platform.arrive();
  const { refused, taken } = platform;
  // A whole limit may be spent at the first moment, and as much again in every window after it.
  const most = limit * (1 + (clock.now() - started) / windowMs);
  return { ok, refused: refused(), ofLeft: calls / (most - taken()) };
}

/** A rate limited platform and its other client, who wants some of every window and waits in front of everybody else. */
function contestedWindow(clock: ManualClock, kind: "fixed" | "sliding", random: () => number) {
  const started = clock.now();
  const offset = Math.floor(random() * windowMs);
  const endOf = (time: number): number => time - ((time - started + offset) % windowMs) + windowMs;
  let times: number[] = [];
  let wanted: number[] = [];
  let windows = 0;
  let taken = 0;
  let refused = 0;
  const forget = (now: number): void => {
    const from = kind === "sliding" ? now - windowMs : endOf(now) - windowMs - 1;
    times = times.filter((time) => time > from);
  };
  const serveOther = (now: number): void => {
    for (; started + windows * windowMs <= now; windows += 1) {
      const wants = Math.round(limit * random());
      wanted.push(...Array.from({ length: wants }, () => started + Math.floor((windows + random()) * windowMs)));
      wanted = wanted.toSorted((a, b) => a - b);
    }
    for (let next = wanted[0]; next !== undefined && next <= now; next = wanted[0]) {
      forget(next);
      if (times.length < limit) {
        wanted.shift();
        times = [...times, next].toSorted((a, b) => a - b);
        taken += 1;
        continue;
      }
      const freeAt = kind === "sliding" ? (times[0] ?? next) + windowMs : endOf(next);
      wanted = [freeAt, ...wanted.slice(1)].toSorted((a, b) => a - b);
    }
    forget(now);
  };
  return {
    refused: () => refused,
    taken: () => taken,
    arrive: () => {
      const now = clock.now();
      serveOther(now);
      const full = times.length >= limit;
      if (full) refused += 1;
      else times.push(now);
      return { full, remaining: Math.max(0, limit - times.length) };
    },
  };
}
