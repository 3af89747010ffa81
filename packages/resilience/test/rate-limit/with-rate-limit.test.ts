import { ghlError, isGhlError, layeredFetch, type Priority, type Send } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { describe, expect, test } from "vitest";
import { withRateLimit } from "../../src/index.ts";
import { listening, principal, request, simulatedPlatform } from "../simulated-platform.ts";

const ok: Send = async () => new Response(null);
const never: Send = () => new Promise(() => {});

function answering(headers: Record<string, string>, status = 200): Send {
  return async () => new Response(null, { status, headers });
}

describe("slots", () => {
  test("a slot is free again one window after its answer, not after its grant", async () => {
    const clock = createManualClock();
    const limiter = withRateLimit({ limit: 1, windowMs: 1_000, clock });
    const slow = simulatedPlatform(clock, { limit: 9, windowMs: 1_000, latency: () => [100, 400] });
    const send = limiter(slow.send);
    void send(request, listening().context);
    void send(request, listening().context);
    await clock.advance(1_499);
    expect(slow.counted.length).toBe(1);
    await clock.advance(102);
    expect(slow.counted.length).toBe(2);
  });

  test("each principal has its own bucket", async () => {
    const clock = createManualClock();
    const limiter = withRateLimit({ limit: 1, clock });
    const send = limiter(ok);
    await send(request, listening().context);
    await send(request, listening({ principal: { ...principal, resource: "loc-2" } }).context);
    await send(request, listening({ principal: { ...principal, app: "other" } }).context);
    await send(request, listening({ principal: undefined }).context);
    expect(limiter.inspectAll().map(({ free }) => free)).toEqual([0, 0, 0, 0]);
  });

  test.each([
    ["a refused connection", ghlError("network", "refused", { sent: false })],
    ["a refusal before sending", ghlError("invalid_request", "no", {})],
    ["a wrong token kind found here", ghlError("token_kind", "wrong", { needs: [] })],
  ])("%s gives its slot back", async (_name, error) => {
    const limiter = withRateLimit({ limit: 1, clock: createManualClock() });
    await expect(limiter(() => Promise.reject(error))(request, listening().context)).rejects.toBe(error);
    expect(limiter.inspect(principal).free).toBe(1);
  });

  test("a lost answer keeps its slot for a window", async () => {
    const limiter = withRateLimit({ limit: 1, clock: createManualClock() });
    const lost = ghlError("network", "lost", { sent: true });
    await expect(limiter(() => Promise.reject(lost))(request, listening().context)).rejects.toBe(lost);
    expect(limiter.inspect(principal).free).toBe(0);
  });

  test("meters a plain fetch without any client", async () => {
    const limiter = withRateLimit({ limit: 2, clock: createManualClock() });
    const fetch = layeredFetch([limiter], async () => new Response("hello"));
    expect(await (await fetch("https://example.com/")).text()).toBe("hello");
    expect(limiter.inspect().free).toBe(1);
  });
});

describe("what the platform tells", () => {
  test("limit, window and other clients' spending are learned", async () => {
    const clock = createManualClock();
    const limiter = withRateLimit({ clock });
    const told = answering({ "x-ratelimit-max": "25", "x-ratelimit-remaining": "5", "x-ratelimit-interval-milliseconds": "2000" });
    const { context, events } = listening();
    await limiter(told)(request, context);
    expect(limiter.inspect(principal)).toMatchObject({ limit: 25, windowMs: 2_000, free: 5 });
    expect(events.map(({ type }) => type)).toEqual(["rate"]);
    await clock.advance(2_001);
    expect(limiter.inspect(principal).free).toBe(25);
  });

  test("a limit given by the user is a ceiling", async () => {
    const limiter = withRateLimit({ limit: 10, clock: createManualClock() });
    await limiter(answering({ "x-ratelimit-max": "100", "x-ratelimit-remaining": "99" }))(request, listening().context);
    expect(limiter.inspect(principal)).toMatchObject({ limit: 10, free: 9 });
  });

  test("a surprise 429 closes the bucket for its Retry-After, then one call tries alone", async () => {
    const clock = createManualClock();
    const limiter = withRateLimit({ limit: 10, clock });
    const { context, events } = listening();
    const refused = await limiter(answering({ "retry-after": "3" }, 429))(request, context);
    expect(refused.status).toBe(429);
    expect(events).toContainEqual({ type: "throttled", retryAfterMs: 3_000, daily: false });

    let sent = 0;
    const send = limiter(() => {
      sent += 1;
      return never(request, context);
    });
    for (let i = 0; i < 4; i += 1) void send(request, listening().context);
    await clock.advance(2_999);
    expect(sent).toBe(0);
    await clock.advance(1);
    expect(sent).toBe(1);
  });

  test("after the trial's answer the others go", async () => {
    const clock = createManualClock();
    const limiter = withRateLimit({ limit: 10, windowMs: 1_000, clock });
    await limiter(answering({}, 429))(request, listening().context);
    const answers = Array.from({ length: 5 }, () => limiter(ok)(request, listening().context));
    await clock.advance(1_001);
    expect((await Promise.all(answers)).length).toBe(5);
  });

  test("the first answer after a 429 tells that calls go again, once", async () => {
    const clock = createManualClock();
    const limiter = withRateLimit({ clock });
    const { context, events } = listening();
    await limiter(answering({ "retry-after": "3" }, 429))(request, context);
    await clock.advance(3_000);
    await limiter(answering({ "retry-after": "2" }, 429))(request, context);
    await clock.advance(2_000);
    await limiter(ok)(request, context);
    await limiter(ok)(request, context);
    expect(events.filter(({ type }) => type === "resumed")).toEqual([{ type: "resumed", throttledForMs: 5_000 }]);
  });

  test("a used-up day refuses at once, those who wait as well, until its reset", async () => {
    const clock = createManualClock();
    const limiter = withRateLimit({ limit: 1, clock });
    const first = limiter(async () => {
      await Promise.resolve();
      return new Response(null, { headers: { "x-ratelimit-daily-remaining": "0", "x-ratelimit-daily-reset": "60" } });
    })(request, listening().context);
    const waiting = limiter(ok)(request, listening().context).catch((error: unknown) => error);
    await first;
    const resetsAt = clock.now() + 60_000;
    expect(await waiting).toMatchObject({ code: "rate_daily", resetsAt, attempts: 0 });
    await expect(limiter(ok)(request, listening().context)).rejects.toMatchObject({ code: "rate_daily" });
    await clock.advance(60_000);
    expect((await limiter(ok)(request, listening().context)).status).toBe(200);
  });
});

describe("calls that take long", () => {
  const hanging: Send = () => new Promise(() => {});

  test("neither slow nor hanging ones keep others from the slots that are free", async () => {
    for (const limit of [2, 10, 100]) {
      const clock = createManualClock();
      const limiter = withRateLimit({ clock, limit });
      for (let at = 0; at < Math.ceil(limit / 10); at += 1) void limiter(hanging)(request, listening().context);
      await clock.advance(6_000);
      expect((await limiter(ok)(request, listening().context)).status).toBe(200);
    }
  });

  test("beside other clients, and after a 429, a hanging call holds nobody up for longer than half a window", async () => {
    for (const status of [200, 429]) {
      const clock = createManualClock();
      const limiter = withRateLimit({ clock });
      void limiter(hanging)(request, listening().context);
      await limiter(answering({ "x-ratelimit-max": "100", "x-ratelimit-remaining": "0" }, status))(request, listening().context);
      let isDone = false;
      void limiter(ok)(request, listening().context).then(() => (isDone = true));
      await clock.advance(15_001);
      expect(isDone).toBe(true);
      expect(clock.pending()).toBe(0);
    }
  });

  test("a clock that is set back keeps nobody waiting for longer than a 429 asked", async () => {
    const base = createManualClock();
    let offsetMs = 0;
    const clock = { now: () => base.now() + offsetMs, after: base.after };
    const limiter = withRateLimit({ clock });
    await limiter(answering({ "retry-after": "5" }, 429))(request, listening().context);
    offsetMs = -3_600_000;
    let isDone = false;
    void limiter(ok)(request, listening().context).then(() => (isDone = true));
    await base.advance(5_001);
    expect(isDone).toBe(true);
  });
});

describe("the day's reserve", () => {
  const daily = { limit: 50, reserve: 20 };

  test("is left by bulk work that waited already, and is there again on the next day", async () => {
    const clock = createManualClock();
    const limiter = withRateLimit({ clock, limit: 10, windowMs: 1_000, daily });
    const bulk = Array.from({ length: 100 }, () =>
      limiter(ok)(request, listening({ priority: "bulk" }).context).then(
        ({ status }) => status,
        (error: { code: string }) => error.code,
      ),
    );
    await clock.advance(20_000);
    const outcomes = await Promise.all(bulk);
    expect([outcomes.filter((one) => one === 200).length, outcomes.filter((one) => one === "rate_daily").length]).toEqual([30, 70]);
    expect((await limiter(ok)(request, listening().context)).status).toBe(200);
    await clock.advance(86_400_000);
    expect((await limiter(ok)(request, listening({ priority: "bulk" }).context)).status).toBe(200);
  });
});

describe("waiting", () => {
  test("interactive before webhook before bulk, and none starves", async () => {
    const clock = createManualClock();
    const limiter = withRateLimit({ limit: 1, windowMs: 10, clock });
    const order: Priority[] = [];
    const send = limiter(async (_request, context) => {
      order.push(context.priority);
      return new Response(null);
    });
    await send(request, listening().context);
    order.length = 0;
    for (const priority of ["bulk", "webhook", "interactive"] as const) {
      for (let i = 0; i < 40; i += 1) void send(request, listening({ priority }).context);
    }
    for (let i = 0; i < 40; i += 1) await clock.advance(11);
    const count = (lane: Priority): number => order.slice(0, 40).filter((priority) => priority === lane).length;
    expect(order[0]).toBe("interactive");
    expect(count("bulk")).toBeGreaterThanOrEqual(3);
    expect(count("webhook")).toBeGreaterThanOrEqual(6);
    expect(count("interactive")).toBeGreaterThanOrEqual(24);
  });

  test("tells depth, next slot, estimate, and emits queued and granted", async () => {
    const clock = createManualClock();
    const start = clock.now();
    const limiter = withRateLimit({ limit: 1, windowMs: 1_000, clock });
    const send = limiter(ok);
    await send(request, listening().context);
    const { context, events } = listening({ priority: "bulk" });
    void send(request, context);
    const state = limiter.inspect(principal);
    expect(state).toMatchObject({ depth: 1, nextSlotAt: start + 1_001, waiting: { interactive: 0, webhook: 0, bulk: 1 } });
    expect(state.estimatedWaitMs).toEqual({ interactive: 1_001, webhook: 1_001, bulk: 2_001 });
    await clock.advance(1_001);
    expect(events).toEqual([
      { type: "queued", depth: 1, waitMs: 1_001 },
      { type: "granted", waitedMs: 1_001 },
    ]);
  });

  test("a full queue refuses", async () => {
    const limiter = withRateLimit({ limit: 1, maxQueue: 1, clock: createManualClock() });
    const send = limiter(ok);
    await send(request, listening().context);
    void send(request, listening().context);
    await expect(send(request, listening().context)).rejects.toMatchObject({ code: "queue_full", depth: 1, attempts: 0 });
  });

  test("a wait known to be too long is refused at once, one that turns out too long at its bound", async () => {
    const clock = createManualClock();
    const limiter = withRateLimit({ limit: 1, windowMs: 1_000, maxWaitMs: 1_500, clock });
    const send = limiter(ok);
    await send(request, listening().context);
    const bulk = send(request, listening({ priority: "bulk" }).context).catch((error: unknown) => error);
    await expect(send(request, listening({ priority: "bulk" }).context)).rejects.toMatchObject({ code: "queue_full" });
    void send(request, listening().context);
    await clock.advance(1_500);
    expect(await bulk).toMatchObject({ code: "queue_full" });
  });

  test("a deadline before the slot refuses at once", async () => {
    const clock = createManualClock();
    const send = withRateLimit({ limit: 1, windowMs: 1_000, clock })(ok);
    await send(request, listening().context);
    const { context } = listening({ deadline: clock.now() + 500 });
    await expect(send(request, context)).rejects.toMatchObject({ code: "timeout", scope: "total", sent: false });
  });
});

describe("abort", () => {
  test("before entering: no slot is taken", async () => {
    const limiter = withRateLimit({ limit: 1, clock: createManualClock() });
    await expect(limiter(ok)(request, listening({ signal: AbortSignal.abort() }).context)).rejects.toMatchObject({ code: "aborted" });
    expect(limiter.inspect(principal).free).toBe(1);
  });

  test("while waiting: at once, the place is given up, and no timer is left", async () => {
    const clock = createManualClock();
    const limiter = withRateLimit({ limit: 1, maxWaitMs: 60_000, clock });
    const send = limiter(ok);
    await send(request, listening().context);
    const controller = new AbortController();
    const waiting = send(request, listening({ signal: controller.signal }).context);
    controller.abort(new Error("gone"));
    await expect(waiting).rejects.toMatchObject({ code: "aborted", attempts: 0 });
    expect(limiter.inspect(principal).depth).toBe(0);
    expect(clock.pending()).toBe(0);
  });

  test("between the grant and the sending: the slot goes to the next", async () => {
    const clock = createManualClock();
    const limiter = withRateLimit({ limit: 1, windowMs: 1_000, clock });
    let sent = 0;
    const send = limiter(async () => {
      sent += 1;
      return new Response(null);
    });
    await send(request, listening().context);
    const controller = new AbortController();
    const { context } = listening({ signal: controller.signal });
    const emit = context.emit;
    const aborting = send(request, { ...context, emit: (event) => (event.type === "granted" ? controller.abort() : emit(event)) });
    const next = send(request, listening().context);
    await clock.advance(1_001);
    await expect(aborting).rejects.toMatchObject({ code: "aborted" });
    await next;
    expect(sent).toBe(2);
  });

  test("one caller's abort leaves the others their order", async () => {
    const clock = createManualClock();
    const limiter = withRateLimit({ limit: 1, windowMs: 100, clock });
    const order: string[] = [];
    const send = limiter(async (wire) => {
      order.push(wire.url);
      return new Response(null);
    });
    const controllers = ["a", "b", "c", "d"].map((url) => {
      const controller = new AbortController();
      send({ ...request, url }, listening({ signal: controller.signal }).context).catch((error: unknown) => {
        if (!isGhlError(error, "aborted")) throw error;
      });
      return controller;
    });
    controllers[1]?.abort();
    for (let i = 0; i < 4; i += 1) await clock.advance(101);
    expect(order).toEqual(["a", "c", "d"]);
  });
});

test("nothing starts at construction, and idle buckets are forgotten", async () => {
  const clock = createManualClock();
  const limiter = withRateLimit({ windowMs: 10, clock });
  expect(clock.pending()).toBe(0);
  for (let i = 0; i < 500; i += 1) {
    await limiter(ok)(request, listening({ principal: { ...principal, resource: `loc-${i}` } }).context);
    if (i % 50 === 0) await clock.advance(20);
  }
  expect(limiter.inspectAll().length).toBeLessThan(200);
});

test.each([{ limit: 0 }, { limit: 1.5 }, { windowMs: 0 }, { maxQueue: -1 }, { maxWaitMs: Number.NaN }])("refuses %j", (options) => {
  expect(() => withRateLimit(options)).toThrow(/withRateLimit/);
});
