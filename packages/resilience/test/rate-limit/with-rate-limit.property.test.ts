import { createContext, type Priority, type WireResponse } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { withRateLimit } from "../../src/index.ts";
import { mostInAnyWindow, principal, request, simulatedPlatform } from "../simulated-platform.ts";

const windowMs = 1_000;
const lanes = ["interactive", "webhook", "bulk"] as const;

const call = fc.record({
  gapMs: fc.integer({ min: 0, max: 400 }),
  there: fc.integer({ min: 0, max: 300 }),
  back: fc.integer({ min: 0, max: 300 }),
  priority: fc.constantFrom<Priority>(...lanes),
});
const traffic = fc.record({ limit: fc.integer({ min: 1, max: 6 }), calls: fc.array(call, { minLength: 1, maxLength: 40 }) });

test("no sliding window at the platform ever holds more than the limit, no slot idles but for an answer, and lanes keep their order", async () => {
  await fc.assert(
    fc.asyncProperty(traffic, async ({ limit, calls }) => {
      const clock = createManualClock();
      const limiter = withRateLimit({ limit, windowMs, clock });
      const delays = new Map(calls.map(({ there, back }, index) => [String(index), [there, back] as const]));
      const sent: string[] = [];
      const counted: number[] = [];
      const send = limiter(async (wire, context) => {
        const index = wire.headers["x-index"] as string;
        sent.push(index);
        const [there, back] = delays.get(index) as readonly [number, number];
        const platform = simulatedPlatform(clock, { limit, windowMs, latency: () => [there, back] });
        const response = await platform.send(wire, context);
        counted.push(...platform.counted);
        return response;
      });

      const answers: Promise<WireResponse>[] = [];
      for (const [index, { gapMs, priority }] of calls.entries()) {
        for (let step = 0; step < gapMs; step += 50) {
          await clock.advance(Math.min(50, gapMs - step));
          const { depth, free, inFlight } = limiter.inspect(principal);
          expect(depth === 0 || free === 0 || inFlight > 0, `${depth} wait while ${free} slots are free`).toBe(true);
        }
        answers.push(send({ ...request, headers: { "x-index": String(index) } }, createContext({ principal, priority })));
      }
      for (let round = 0; sent.length < calls.length && round < 200; round += 1) {
        await clock.advance(100);
        const { depth, free, inFlight } = limiter.inspect(principal);
        expect(depth === 0 || free === 0 || inFlight > 0).toBe(true);
      }
      await clock.advance(1_000);

      expect((await Promise.all(answers)).length).toBe(calls.length);
      expect(mostInAnyWindow(counted, windowMs)).toBeLessThanOrEqual(limit);
      for (const lane of lanes) {
        const order = sent.map(Number).filter((index) => calls[index]?.priority === lane);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }
      expect(clock.pending()).toBe(0);
    }),
    { numRuns: 40 },
  );
});

test("beside another client of the same location the platform's headers keep refusals to the first window", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 60 }), async (foreign, latency) => {
      const clock = createManualClock();
      const limiter = withRateLimit({ windowMs, clock });
      const platform = simulatedPlatform(clock, { limit: 20, windowMs, headers: true, latency: () => [latency, latency] });
      const send = limiter(platform.send);
      platform.spend(foreign);
      const first = send(request, createContext({ principal }));
      await clock.advance(latency * 2);
      expect((await first).status).toBe(200);
      const rest = Array.from({ length: 50 }, () => send(request, createContext({ principal })));
      for (let round = 0; round < 60; round += 1) await clock.advance(100);
      expect((await Promise.all(rest)).map(({ status }) => status)).toEqual(Array(50).fill(200));
    }),
    { numRuns: 25 },
  );
});
