import type { Operation, RetryClass } from "@ghlkit/contract";
import { ghlError, type Send } from "@ghlkit/core";
import { createManualClock, type ManualClock } from "@ghlkit/core/testing";
import { describe, expect, test } from "vitest";
import { withRateLimit, withRetry, type RetryOptions } from "../../src/index.ts";
import { listening, request } from "../simulated-platform.ts";

type Step = number | Error | Response;

/** Answers with one step after the other and notes when. */
function scripted(steps: readonly Step[], clock: ManualClock): { send: Send; times: number[]; attempts: number[] } {
  const times: number[] = [];
  const attempts: number[] = [];
  const start = clock.now();
  const send: Send = async (_request, context) => {
    const step = steps[times.length];
    times.push(clock.now() - start);
    attempts.push(context.attempt);
    if (step === undefined) throw new Error("an attempt too many");
    if (step instanceof Error) throw step;
    return typeof step === "number" ? new Response(null, { status: step }) : step;
  };
  return { send, times, attempts };
}

function operation(retry: RetryClass): Operation {
  return {
    id: "things.do",
    method: "POST",
    path: "/things",
    version: "v3",
    scopes: null,
    tokens: [],
    tenant: [],
    retry,
    pagination: null,
    body: "json",
    comma: [],
    answer: "json",
    deprecated: false,
    successor: null,
  };
}

async function run(steps: readonly Step[], retry: RetryClass | undefined, options: RetryOptions = {}, method = "POST") {
  const clock = createManualClock();
  const script = scripted(steps, clock);
  const { context, events } = listening({ operation: retry === undefined ? undefined : operation(retry) });
  const send = withRetry({ clock, random: () => 0.5, ...options })(script.send);
  const outcome = send({ ...request, method }, context).then(
    (response) => ({ status: response.status }),
    (error: unknown) => ({ error }),
  );
  await clock.advance(300_000);
  return { ...(await outcome), events, ...script };
}

const refused = ghlError("network", "refused", { sent: false });
const lost = ghlError("network", "lost", { sent: true });
const slow = ghlError("timeout", "slow", { timeoutMs: 1, scope: "attempt", sent: true });
const classes = ["safe", "idempotent", "idempotent-if-id", "likely-idempotent", "unsafe-create", "unsafe-side-effect"] as const;
const repeatable = new Set<RetryClass>(["safe", "idempotent"]);

describe("what is sent again", () => {
  test.each(classes)("a 429 and a refused connection: always (%s)", async (retry) => {
    expect(await run([429, 200], retry)).toMatchObject({ status: 200, times: [0, 10_000], attempts: [1, 2] });
    expect(await run([refused, 200], retry)).toMatchObject({ status: 200, attempts: [1, 2] });
  });

  test.each(classes)("a failing platform and a lost answer: by class (%s)", async (retry) => {
    for (const failure of [500, 502, 503, 504, 408]) {
      expect((await run([failure, 200], retry)).attempts.length).toBe(repeatable.has(retry) ? 2 : 1);
    }
    for (const error of [lost, slow]) {
      const { attempts, ...outcome } = await run([error, 200], retry);
      expect(attempts.length).toBe(repeatable.has(retry) ? 2 : 1);
      if (!repeatable.has(retry))
        expect(outcome).toMatchObject({ error: { code: "outcome_unknown", cause: error, operation: "things.do" } });
    }
  });

  test("outside the contract only a GET", async () => {
    expect((await run([500, 200], undefined, {}, "GET")).attempts.length).toBe(2);
    expect((await run([500, 200], undefined, {}, "PUT")).attempts.length).toBe(1);
    expect(await run([lost], undefined, {}, "POST")).toMatchObject({ error: { code: "outcome_unknown" } });
  });

  test.each([400, 401, 403, 404, 409, 422, 501, 505])("never a %i", async (status) => {
    expect(await run([status], "safe")).toMatchObject({ status, attempts: [1] });
  });

  test("never when the day is used up", async () => {
    const daily = new Response(null, { status: 429, headers: { "x-ratelimit-daily-remaining": "0" } });
    expect(await run([daily], "safe")).toMatchObject({ status: 429, attempts: [1] });
  });

  test.each([
    ghlError("aborted", "aborted", {}),
    ghlError("queue_full", "full", { depth: 1 }),
    ghlError("timeout", "total", { timeoutMs: 1, scope: "total", sent: true }),
    new TypeError("a bug"),
  ])("never %s", async (error) => {
    expect(await run([error], "safe")).toMatchObject({ error, attempts: [1] });
  });
});

describe("how long it waits", () => {
  test("Retry-After first, without jitter", async () => {
    const busy = new Response(null, { status: 503, headers: { "retry-after": "7" } });
    expect(await run([busy, 200], "safe")).toMatchObject({ times: [0, 7_000] });
  });

  test("a Retry-After longer than allowed ends the call", async () => {
    const busy = new Response(null, { status: 429, headers: { "retry-after": "61" } });
    expect(await run([busy], "safe")).toMatchObject({ status: 429, times: [0] });
  });

  test("full jitter doubles up to its ceiling", async () => {
    const { times } = await run([500, 500, 500, 500, 500], "safe", { maxAttempts: 5, baseDelayMs: 100, maxDelayMs: 300, random: () => 1 });
    expect(times).toEqual([0, 100, 300, 600, 900]);
    expect((await run([500, 200], "safe", { random: () => 0 })).times).toEqual([0, 0]);
  });

  test("after the last attempt the failure goes up as it came", async () => {
    expect(await run([500, 500, 502], "safe", { maxAttempts: 3 })).toMatchObject({ status: 502, attempts: [1, 2, 3] });
    expect(await run([lost, lost], "safe", { maxAttempts: 2 })).toMatchObject({ error: lost });
  });

  test("no attempt starts after the deadline", async () => {
    const clock = createManualClock();
    const { context } = listening({ deadline: clock.now() + 9_000 });
    const script = scripted([429], clock);
    expect((await withRetry({ clock })(script.send)(request, context)).status).toBe(429);
    expect(clock.pending()).toBe(0);
  });
});

test("tells of every repeat and of the recovery", async () => {
  const { events } = await run([500, refused, 200], "safe");
  expect(events).toEqual([
    { type: "retrying", attempt: 2, delayMs: 125, reason: "500" },
    { type: "retrying", attempt: 3, delayMs: 250, reason: "network" },
    { type: "recovered", attempts: 3 },
  ]);
});

test("an abort during the backoff ends the wait at once and leaves no timer", async () => {
  const clock = createManualClock();
  const controller = new AbortController();
  const { context } = listening({ signal: controller.signal });
  const answer = withRetry({ clock })(scripted([429], clock).send)(request, context);
  await clock.advance(100);
  expect(clock.pending()).toBe(1);
  controller.abort();
  await expect(answer).rejects.toMatchObject({ code: "aborted", attempts: 1 });
  expect(clock.pending()).toBe(0);
});

test("an abort before the first attempt sends nothing", async () => {
  const clock = createManualClock();
  const script = scripted([], clock);
  const { context } = listening({ signal: AbortSignal.abort() });
  await expect(withRetry({ clock })(script.send)(request, context)).rejects.toMatchObject({ code: "aborted", attempts: 0 });
  expect(script.times).toEqual([]);
});

test("outside the limiter every attempt takes a slot", async () => {
  const clock = createManualClock();
  const script = scripted([503, 503, 200], clock);
  const limiter = withRateLimit({ limit: 10, clock });
  const { context } = listening();
  const answer = withRetry({ clock, random: () => 0 })(limiter(script.send))(request, context);
  await clock.advance(10);
  await answer;
  expect(limiter.inspect(context.principal).free).toBe(7);
});

test("refuses to be told to make no attempt", () => {
  expect(() => withRetry({ maxAttempts: 0 })).toThrow(/maxAttempts/);
});

describe("whoever heard of a repetition hears how it ended", () => {
  const open = ghlError("circuit_open", "open", { retryAfterMs: 1 });

  test.each<[string, readonly Step[], string]>([
    ["with an answer", [503, 200], "recovered"],
    ["with the platform's refusal", [503, 404], "recovered"],
    ["with a refusal of ours", [503, open], "gave_up"],
    ["with another failure", [503, 503, 503, 503], "gave_up"],
  ])("%s", async (_name, steps, end) => {
    const { events } = await run(steps, "safe");
    expect(events.map(({ type }) => type).filter((type) => type !== "retrying")).toEqual([end]);
  });

  test("with an abort", async () => {
    const clock = createManualClock();
    const controller = new AbortController();
    const { context, events } = listening({ operation: operation("safe"), signal: controller.signal });
    const outcome = withRetry({ clock, random: () => 0.5 })(scripted([503], clock).send)(request, context).catch((error: unknown) => error);
    await clock.advance(10);
    controller.abort();
    expect(await outcome).toMatchObject({ code: "aborted" });
    expect(events.map(({ type }) => type)).toEqual(["retrying", "gave_up"]);
  });
});
