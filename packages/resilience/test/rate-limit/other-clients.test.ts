import { createContext, type Send } from "@ghlkit/core";
import { createManualClock, type ManualClock } from "@ghlkit/core/testing";
import { expect, test } from "vitest";
import { withRateLimit } from "../../src/index.ts";
import { OtherClients, type StandingAhead } from "@ghlkit/storage";
import { principal, request, simulatedPlatform } from "../simulated-platform.ts";

const windowMs = 10_000;
const context = createContext({ principal });

/** A bucket of 100 whose slots come back one by one, 200 ms apart. */
function standing(free: number, inFlight: number, now = 0): StandingAhead {
  const freeAt = (slots: number): number => now + Math.max(0, slots - free) * 200;
  return { windowMs, inFlight, free, freeAt, pilots: 10, pilotsAt: Infinity };
}

function send(count: number, through: Send): Promise<readonly number[]> {
  return Promise.all(Array.from({ length: count }, async () => (await through(request, context)).status));
}

async function finish<Result>(clock: ManualClock, work: Promise<Result>): Promise<Result> {
  let isDone = false;
  void work.finally(() => (isDone = true));
  while (!isDone) await clock.advance(50);
  return work;
}

test("a bucket that nothing is known of sends a tenth ahead, and the rest with the first answer", async () => {
  const clock = createManualClock();
  const platform = simulatedPlatform(clock, { limit: 100, windowMs, headers: true, latency: () => [50, 50] });
  const answers = send(100, withRateLimit({ clock })(platform.send));
  await clock.advance(99);
  expect(platform.counted.length).toBe(10);
  await clock.advance(51);
  expect(platform.counted.length).toBeGreaterThanOrEqual(90);
  expect(await finish(clock, answers)).toEqual(Array(100).fill(200));
  expect(platform.counted.at(-1)).toBeLessThan((platform.counted[0] ?? 0) + 300);
});

test("a platform that tells nothing is trusted after its first answer", async () => {
  const clock = createManualClock();
  const platform = simulatedPlatform(clock, { limit: 100, windowMs, latency: () => [50, 50] });
  void send(100, withRateLimit({ clock })(platform.send));
  await clock.advance(151);
  expect(platform.counted.length).toBe(100);
});

test("a sandbox account of 25 per window is not overrun, although nobody said that it is one", async () => {
  const clock = createManualClock();
  const platform = simulatedPlatform(clock, { limit: 25, windowMs, headers: true, latency: () => [50, 50] });
  const answers = send(60, withRateLimit({ clock })(platform.send));
  expect(await finish(clock, answers)).toEqual(Array(60).fill(200));
});

test("beside a client that takes half of every window, fewer than one call in a hundred is refused", async () => {
  const clock = createManualClock();
  const platform = simulatedPlatform(clock, { limit: 100, windowMs, headers: true, latency: () => [40, 40] });
  // Three hundred calls in a minute, whatever we do.
  const take = (): void => {
    platform.spend(1);
    clock.after(200, take);
  };
  take();
  const started = clock.now();
  const statuses = await finish(clock, send(600, withRateLimit({ clock })(platform.send)));
  expect(statuses.filter((status) => status === 429).length).toBeLessThan(6);
  // Half of every window is ours.
  expect(clock.now() - started).toBeLessThan((600 / 50) * windowMs * 1.1);
});

test("others are expected to go on as they did, until an answer shows otherwise; then one call goes ahead and learns", () => {
  const others = new OtherClients();
  const shown = { others: 20, remaining: 30, windowMs, inFlight: 0 };
  others.ended(0, others.went(0, { inFlight: 0 }), shown);
  expect(others.allowance(0, standing(80, 0))).toBe(30);
  // 20 in two windows, and half as many again for caution: 1.5 in a second.
  expect(others.allowance(2000, standing(80, 0))).toBe(27);
  for (let sent = 0; sent < 30; sent += 1) others.went(2000, { inFlight: sent });
  expect(others.allowance(2000, standing(50, 30))).toBe(0);
  expect(others.allowance(2000, standing(50, 0))).toBe(1);
  expect(others.allowance(2000, standing(3, 0))).toBe(0);
  expect(others.nextAt(2000, standing(3, 0, 2000))).toBe(2400);
  expect(others.allowance(windowMs * 3, standing(100, 0))).toBe(10);
});
