import type { Send } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { expect, test } from "vitest";
import { withRateLimit } from "../../src/index.ts";
import { listening, principal, request } from "../simulated-platform.ts";

const ok: Send = async () => new Response(null);

test("ten thousand queued calls that one signal aborts leave the queue in one step", async () => {
  const clock = createManualClock();
  let timers = 0;
  const counted: typeof clock = { ...clock, after: (ms, action) => ((timers += 1), clock.after(ms, action)) };
  const limiter = withRateLimit({ clock: counted, limit: 1 });
  const send = limiter(ok);
  const abort = new AbortController();
  await send(request, listening().context);
  const calls = Array.from({ length: 10_000 }, () => send(request, listening({ signal: abort.signal }).context));
  const settled = Promise.allSettled(calls);
  timers = 0;
  abort.abort();
  const outcomes = await settled;
  expect(outcomes.every((outcome) => outcome.status === "rejected" && (outcome.reason as { code: string }).code === "aborted")).toBe(true);
  expect(limiter.inspect(principal).depth).toBe(0);
  expect(timers).toBeLessThanOrEqual(1);
});
