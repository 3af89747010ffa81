import { createContext, sleep, type CallContext, type Send } from "@ghlkit/core";
import { createManualClock, type ManualClock } from "@ghlkit/core/testing";
import { createMemoryRateWindow } from "@ghlkit/storage";
import { describe, expect, test } from "vitest";
import { withCircuitBreaker, withRateLimit, withRetry } from "../../src/index.ts";
import { principal, request } from "../simulated-platform.ts";

const waiting = 500;
const limit = 20;
const windowMs = 1_000;

function setUp(clock: ManualClock, isShared: boolean, outage: { readonly fromMs: number; readonly untilMs: number }) {
  const started = clock.now();
  let requests = 0;
  const platform: Send = async () => {
    requests += 1;
    await sleep(20, undefined, clock);
    const at = clock.now() - started;
    return new Response(null, { status: at >= outage.fromMs && at < outage.untilMs ? 503 : 200 });
  };
  const limiter = withRateLimit({ limit, windowMs, clock, ...(isShared ? { window: createMemoryRateWindow({ clock }) } : {}) });
  const layers = [withRetry({ clock, random: () => 0.5 }), limiter, withCircuitBreaker({ clock, failures: 5, openMs: 2_000 })];
  const send = layers.reduceRight<Send>((next, layer) => layer(next), platform);
  const call = (context: Partial<CallContext> = {}): Promise<number | string> =>
    send(request, createContext({ principal, ...context })).then(
      ({ status }) => status,
      (error: { code: string }) => error.code,
    );
  return { call, limiter, requests: () => requests };
}

describe.each([
  ["in one process", false],
  ["over a shared window", true],
])("an outage (%s)", (_name, isShared) => {
  test.each(["interactive", "bulk"] as const)(
    "of half a minute costs a queue of %s calls nothing but those that were sent",
    async (priority) => {
      const clock = createManualClock();
      const { call, requests } = setUp(clock, isShared, { fromMs: 3_000, untilMs: 33_000 });
      const calls = Array.from({ length: waiting }, () => call({ priority }));
      await clock.advance(32_000);
      // What was under way when it began, and one every two seconds.
      const askedWhileOut = requests();
      expect(askedWhileOut).toBeLessThan(3 * limit + 2 * limit + 20);
      for (let step = 0; step < 60; step += 1) await clock.advance(1_000);
      const outcomes = await Promise.all(calls);
      expect(outcomes.filter((one) => one === "circuit_open")).toEqual([]);
      expect(outcomes.filter((one) => one === 200).length).toBeGreaterThan(waiting - 2 * limit);
      expect(clock.pending()).toBe(0);
    },
  );

  test("is told at once to a call that has not waited", async () => {
    const clock = createManualClock();
    const { call } = setUp(clock, isShared, { fromMs: 0, untilMs: 60_000 });
    const first = Array.from({ length: 5 }, () => call());
    await clock.advance(5_000);
    await Promise.all(first);
    const bulk = call({ priority: "bulk" });
    await clock.advance(10);
    const before = clock.now();
    let outcome: unknown;
    void call().then((code) => (outcome = code));
    await clock.advance(1_500);
    expect([outcome, clock.now() - before]).toEqual(["circuit_open", 1_500]);
    await clock.advance(90_000);
    expect([200, 503]).toContain(await bulk);
  });
});

test("with `wait`, calls that meet the end of the day go on the next one", async () => {
  const clock = createManualClock();
  let left = 3;
  let refused = 0;
  const limiter = withRateLimit({ clock, daily: { whenUsedUp: "wait" } });
  const send = limiter(async () => {
    const isOver = left === 0;
    if (isOver) refused += 1;
    else left -= 1;
    const headers = { "x-ratelimit-daily-remaining": String(left), "x-ratelimit-daily-reset": String(3_600) };
    return new Response(null, { status: isOver ? 429 : 200, headers });
  });
  const statuses = Array.from({ length: 8 }, async () => (await send(request, createContext({ principal }))).status);
  await clock.advance(1_000);
  left = 100_000;
  await clock.advance(3_700_000);
  expect(await Promise.all(statuses)).toEqual(Array(8).fill(200));
  expect(refused).toBeLessThanOrEqual(5);
});
