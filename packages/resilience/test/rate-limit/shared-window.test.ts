import { createContext, ghlError, type CallEvent, type Priority, type Send } from "@ghlkit/core";
import { createManualClock, type ManualClock } from "@ghlkit/core/testing";
import { createMemoryRateWindow, type RateWindow } from "@ghlkit/storage";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withRateLimit, type RateLimitOptions } from "../../src/index.ts";
import { listening, mostInAnyWindow, principal, request, simulatedPlatform } from "../simulated-platform.ts";

const ok: Send = async () => new Response(null);
const windowMs = 1000;

/** A window that counts its questions and can be made to fail or hang. */
function watched(window: RateWindow) {
  const state = { questions: 0, mode: "works" as "works" | "fails" | "hangs", window };
  const reserve: RateWindow["reserve"] = (bucket, wish) => {
    state.questions += 1;
    if (state.mode === "fails") return Promise.reject(ghlError("storage", "down", { reason: "unavailable" }));
    if (state.mode === "hangs") return new Promise(() => {});
    return state.window.reserve(bucket, wish);
  };
  return { state, window: { reserve, settle: window.settle } satisfies RateWindow };
}

function setUp(clock: ManualClock, options: RateLimitOptions = {}, count = 1) {
  const { state, window } = watched(createMemoryRateWindow({ clock }));
  const limiters = Array.from({ length: count }, () => withRateLimit({ limit: 10, windowMs, window, clock, ...options }));
  return { state, limiters, limiter: limiters[0] as (typeof limiters)[number] };
}

async function advance(clock: ManualClock, ms: number): Promise<void> {
  for (let done = 0; done < ms; done += 10) await clock.advance(10);
}

describe("a shared window", () => {
  test("for any arrivals in three processes: no window holds more than the limit, nothing starves, lanes keep their order", async () => {
    const call = fc.record({
      process: fc.integer({ min: 0, max: 2 }),
      gapMs: fc.integer({ min: 0, max: 200 }),
      there: fc.integer({ min: 0, max: 150 }),
      back: fc.integer({ min: 0, max: 150 }),
      priority: fc.constantFrom<Priority>("interactive", "webhook", "bulk"),
      unsent: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(call, { minLength: 1, maxLength: 30 }), async (limit, calls) => {
        const clock = createManualClock();
        const { limiters } = setUp(clock, { limit }, 3);
        const counted: number[] = [];
        const sent: number[] = [];
        const answers: Promise<unknown>[] = [];
        for (const [index, { process, gapMs, there, back, priority, unsent }] of calls.entries()) {
          await clock.advance(gapMs);
          const send = limiters[process]?.(async (wire, context) => {
            sent.push(index);
            if (unsent) throw ghlError("network", "refused", { sent: false });
            const platform = simulatedPlatform(clock, { limit, windowMs, latency: () => [there, back] });
            const response = await platform.send(wire, context);
            counted.push(...platform.counted);
            return response;
          });
          if (send !== undefined) answers.push(send(request, createContext({ principal, priority })).catch(() => undefined));
        }
        for (let round = 0; sent.length < calls.length && round < 400; round += 1) await clock.advance(100);
        await clock.advance(1000);
        expect((await Promise.all(answers)).length).toBe(calls.length);
        expect(mostInAnyWindow(counted, windowMs)).toBeLessThanOrEqual(limit);
        for (const process of [0, 1, 2]) {
          for (const lane of ["interactive", "webhook", "bulk"]) {
            const order = sent.filter((index) => calls[index]?.process === process && calls[index]?.priority === lane);
            expect(order).toEqual(order.toSorted((a, b) => a - b));
          }
        }
        await clock.advance(100);
        expect(clock.pending()).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  test("is asked once for calls made in one go, and told of their answers in one go", async () => {
    const clock = createManualClock();
    const { state, limiter } = setUp(clock);
    const scout = limiter(ok)(request, listening().context);
    await clock.advance(50);
    await scout;
    expect(state.questions).toBe(2);
    const calls = Array.from({ length: 9 }, () => limiter(ok)(request, listening().context));
    await clock.advance(0);
    await Promise.all(calls);
    expect(state.questions).toBe(3);
    await clock.advance(50);
    expect(state.questions).toBe(4);
    expect(limiter.inspect(principal)).toMatchObject({ free: 0, inFlight: 0, spentToday: 10, spentBy: { other: 10 }, source: "shared" });
  });

  test("an urgent call overtakes bulk calls that wait since long", async () => {
    const clock = createManualClock();
    const { limiter } = setUp(clock, { limit: 1 });
    const order: Priority[] = [];
    const send = limiter(async (_request, { priority }) => {
      order.push(priority);
      return new Response(null);
    });
    for (let at = 0; at < 5; at += 1) void send(request, listening({ priority: "bulk" }).context);
    await advance(clock, 500);
    void send(request, listening({ priority: "interactive" }).context);
    await advance(clock, 700);
    expect(order).toEqual(["bulk", "interactive"]);
  });

  test("sends a tenth ahead after a silence: a sandbox account of 25 is not overrun, although nobody said that it is one", async () => {
    const clock = createManualClock();
    const { limiter } = setUp(clock, { limit: 100 });
    const platform = simulatedPlatform(clock, { limit: 25, windowMs, headers: true, latency: () => [20, 20] });
    const statuses = Array.from({ length: 80 }, async () => (await limiter(platform.send)(request, listening().context)).status);
    await advance(clock, 30);
    expect(platform.counted.length).toBe(10);
    await advance(clock, 6_000);
    expect(await Promise.all(statuses)).toEqual(Array(80).fill(200));
  });

  test("a scout that hangs is followed by others", async () => {
    const clock = createManualClock();
    const { limiter } = setUp(clock, { limit: 10 });
    void limiter(() => new Promise(() => {}))(request, listening().context);
    await advance(clock, 100);
    let isDone = false;
    void limiter(ok)(request, listening().context).then(() => (isDone = true));
    await advance(clock, 2 * windowMs);
    expect(isDone).toBe(true);
  });

  test("bulk work in one process leaves interactive calls in another as many slots as those used lately", async () => {
    const clock = createManualClock();
    const { limiters } = setUp(clock, { limit: 100 }, 2);
    const [bulk, people] = limiters.map((limiter) => limiter(ok));
    for (let window = 0; window < 3; window += 1) {
      for (let click = 0; click < 5; click += 1) void people?.(request, listening().context);
      await advance(clock, windowMs - 20);
    }
    let sent = 0;
    for (let at = 0; at < 200; at += 1) void bulk?.(request, listening({ priority: "bulk" }).context).then(() => (sent += 1));
    await advance(clock, 200);
    expect(sent).toBeGreaterThan(80);
    // The first five are three windows ago by then: ten in three windows are three a window.
    expect(sent).toBeLessThanOrEqual(97);
    const started = clock.now();
    let waitedMs = Infinity;
    void people?.(request, listening().context).then(() => (waitedMs = clock.now() - started));
    await advance(clock, 100);
    expect(waitedMs).toBeLessThan(50);
  });

  test("tells the waiting: depth, next slot, estimate", async () => {
    const clock = createManualClock();
    const { limiter } = setUp(clock, { limit: 1 });
    const start = clock.now();
    for (let at = 0; at < 3; at += 1) void limiter(ok)(request, listening({ priority: "bulk" }).context);
    await clock.advance(50);
    const { depth, nextSlotAt, estimatedWaitMs } = limiter.inspect(principal);
    expect(depth).toBe(2);
    expect((nextSlotAt ?? 0) - start).toBeGreaterThanOrEqual(1000);
    expect((nextSlotAt ?? 0) - start).toBeLessThan(1050);
    expect(estimatedWaitMs.bulk).toBeGreaterThan(2900);
    expect(estimatedWaitMs.interactive).toBeLessThan(1000);
  });

  test("aborted while it waits: at once; the slot asked for it goes back", async () => {
    const clock = createManualClock();
    const { limiter } = setUp(clock);
    const controller = new AbortController();
    const waiting = limiter(ok)(request, listening({ signal: controller.signal }).context);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: "aborted", attempts: 0 });
    await clock.advance(100);
    expect(limiter.inspect(principal)).toMatchObject({ depth: 0, free: 10, inFlight: 0, spentToday: 0 });
    expect(clock.pending()).toBe(0);
  });

  test("aborted between grant and sending: nothing is sent, and the slot goes back", async () => {
    const clock = createManualClock();
    const { limiter } = setUp(clock);
    const controller = new AbortController();
    const { context } = listening({ signal: controller.signal });
    const emit = (event: CallEvent): void => {
      if (event.type === "granted") controller.abort();
    };
    let sent = 0;
    const call = limiter(async () => {
      sent += 1;
      return new Response(null);
    })(request, { ...context, emit });
    await expect(call).rejects.toMatchObject({ code: "aborted" });
    await clock.advance(100);
    expect([sent, limiter.inspect(principal).free]).toEqual([0, 10]);
  });

  test("the last calls of the day are kept for interactive work; then the day is over for all", async () => {
    const clock = createManualClock();
    const { limiter } = setUp(clock, { daily: { limit: 5, reserve: 2 } });
    const send = (priority: Priority) => limiter(ok)(request, listening({ priority }).context).catch((error: unknown) => error);
    const bulk = await Promise.all(Array.from({ length: 6 }, () => send("bulk")));
    expect(bulk.filter((answer) => answer instanceof Response).length).toBe(3);
    expect(bulk.at(-1)).toMatchObject({ code: "rate_daily" });
    expect(await send("webhook")).toMatchObject({ code: "rate_daily" });
    expect(await send("interactive")).toBeInstanceOf(Response);
    expect(await send("interactive")).toBeInstanceOf(Response);
    expect(await send("interactive")).toMatchObject({ code: "rate_daily" });
    await clock.advance(86_400_000);
    expect(await send("bulk")).toBeInstanceOf(Response);
  });
});

describe.each(["fails", "hangs"] as const)("a shared window that %s", (mode) => {
  test("leaves each process its share, after one window without a call, and says so; then it is used again", async () => {
    const clock = createManualClock();
    const { state, limiter } = setUp(clock, { limit: 20, shared: { fallbackShare: 0.1, storeTimeoutMs: 200 } });
    const sent: number[] = [];
    const send = limiter(async () => {
      sent.push(clock.now());
      return new Response(null);
    });
    const { context, events } = listening();
    for (let at = 0; at < 60; at += 1) void send(request, context);
    await advance(clock, 100);
    expect(sent.length).toBe(20);
    state.mode = mode;
    const down = clock.now();
    await advance(clock, 6000);
    const during = sent.filter((time) => time > down);
    expect(mostInAnyWindow(during, windowMs)).toBe(2);
    expect(mostInAnyWindow(sent, windowMs)).toBe(20);
    expect(events.filter(({ type }) => type.startsWith("store"))).toEqual([
      { type: "store_unavailable", reason: mode === "fails" ? "unavailable" : "timeout", limit: 2 },
    ]);
    expect(limiter.inspect(principal)).toMatchObject({ source: "fallback", limit: 2 });
    state.mode = "works";
    await advance(clock, 3500);
    expect(sent.length).toBe(60);
    expect(mostInAnyWindow(sent, windowMs)).toBeLessThanOrEqual(20);
    expect(events.filter(({ type }) => type.startsWith("store")).map(({ type }) => type)).toEqual(["store_unavailable", "store_recovered"]);
    await advance(clock, 1500);
    expect(limiter.inspect(principal)).toMatchObject({ source: "shared", inFlight: 0 });
    expect(clock.pending()).toBe(0);
  });
});

test("a shared window that lost its memory is not believed: no window is overrun", async () => {
  const clock = createManualClock();
  const { state, limiter } = setUp(clock);
  const platform = simulatedPlatform(clock, { limit: 10, windowMs });
  const send = limiter(platform.send);
  const calls = Array.from({ length: 40 }, () => send(request, listening().context));
  await advance(clock, 1500);
  state.window = createMemoryRateWindow({ clock });
  await advance(clock, 6000);
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(40).fill(200));
  expect(mostInAnyWindow(platform.counted, windowMs)).toBe(10);
});

test("flush tells the window at once, so that a process that ends leaves nothing taken", async () => {
  const clock = createManualClock();
  const { limiter, limiters } = setUp(clock, {}, 2);
  const calls = Array.from({ length: 10 }, () => limiter(ok)(request, listening().context));
  await clock.advance(0);
  await Promise.all(calls);
  await limiter.flush();
  expect(clock.pending()).toBe(0);
  const other = limiters[1]?.(ok)(request, listening().context);
  await clock.advance(1050);
  expect((await other)?.status).toBe(200);
});

test("flush ends when a question is under way already", async () => {
  const clock = createManualClock();
  const { limiter } = setUp(clock, {}, 1);
  const calls = Array.from({ length: 5 }, () => limiter(ok)(request, listening().context));
  await Promise.resolve();
  const flushed = limiter.flush();
  await clock.advance(1050);
  await Promise.all([...calls, flushed, limiter.flush(), limiter.flush()]);
  expect(clock.pending()).toBe(0);
});

test("a surprise 429 in one process closes the bucket for the others, too", async () => {
  const clock = createManualClock();
  const { limiters } = setUp(clock, {}, 2);
  const refused: Send = async () => new Response(null, { status: 429, headers: { "retry-after": "3" } });
  const { context, events } = listening();
  await limiters[0]?.(refused)(request, context);
  await clock.advance(50);
  let sent = 0;
  const send = limiters[1]?.(async () => {
    sent += 1;
    return new Response(null);
  });
  for (let at = 0; at < 4; at += 1) void send?.(request, listening().context);
  await advance(clock, 2900);
  expect(sent).toBe(0);
  await advance(clock, 500);
  expect(sent).toBe(4);
  const again = limiters[0]?.(ok)(request, context);
  await advance(clock, 500);
  expect((await again)?.status).toBe(200);
  expect(events.filter(({ type }) => type === "throttled" || type === "resumed")).toEqual([
    { type: "throttled", retryAfterMs: 3000, daily: false },
    { type: "resumed", throttledForMs: expect.any(Number) },
  ]);
});

test.each([
  [{ shared: { fallbackShare: 0 } }, /fallbackShare/],
  [{ shared: { leaseMs: 10 } }, /leaseMs/],
  [{ shared: { storeTimeoutMs: 0 } }, /storeTimeoutMs/],
  [{ daily: { reserve: -1 } }, /daily\.reserve/],
])("refuses %j", (options, message) => {
  expect(() => setUp(createManualClock(), options)).toThrow(message);
});
