import { abortedError, compose, createContext, ghlError, sleep, withAttemptTimeout, type Send } from "@ghlkit/core";
import { createManualClock, type ManualClock } from "@ghlkit/core/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { withCircuitBreaker, withCollapsing, withDeadline, withRateLimit, withRetry } from "../src/index.ts";
import { mostInAnyWindow, principal, request } from "./simulated-platform.ts";

const limit = 2;
const windowMs = 1_000;
const endings = ["ok", "503", "429", "lost", "refused"] as const;

/** How the platform meets each request in turn, and how long it takes. */
const script = fc.array(fc.record({ ending: fc.constantFrom(...endings), ms: fc.integer({ min: 0, max: 700 }) }), {
  minLength: 1,
  maxLength: 12,
});

function platform(clock: ManualClock, steps: readonly { readonly ending: (typeof endings)[number]; readonly ms: number }[]) {
  const counted: number[] = [];
  let next = 0;
  const send: Send = async (_request, { signal }) => {
    const { ending, ms } = steps[next++ % steps.length] ?? { ending: "ok", ms: 0 };
    if (ending === "refused") throw ghlError("network", "refused", { sent: false });
    counted.push(clock.now());
    await sleep(ms, signal, clock).catch(() => {
      throw abortedError(signal, {});
    });
    if (ending === "lost") throw ghlError("network", "lost", { sent: true });
    const headers = ending === "429" ? { "retry-after": "1" } : {};
    return new Response(null, { status: ending === "ok" ? 200 : Number(ending), headers });
  };
  return { send, counted };
}

test("an abort ends its call at that moment, wherever it is: in the queue, a backoff, an attempt; nothing else changes", async () => {
  await fc.assert(
    fc.asyncProperty(
      script,
      fc.integer({ min: 0, max: 6_000 }),
      fc.integer({ min: 0, max: 4 }),
      fc.boolean(),
      async (steps, abortAtMs, which, isWatched) => {
        const clock = createManualClock();
        const { send, counted } = platform(clock, steps);
        const limiter = withRateLimit({ limit, windowMs, clock });
        const layers = [
          // These watch the signal for all that is inside them: without them every layer has to by itself.
          ...(isWatched ? [withDeadline({ totalMs: 60_000, clock }), withCollapsing()] : []),
          withRetry({ clock, random: () => 0.5, windowMs }),
          limiter,
          withCircuitBreaker({ clock, openMs: 500 }),
          withAttemptTimeout({ clock }),
        ];
        const through = compose(layers, send);
        const controller = new AbortController();
        const outcomes = new Map<number, unknown>();
        for (let at = 0; at < 5; at += 1) {
          const context = createContext({ principal, ...(at === which ? { signal: controller.signal } : {}) });
          void through({ ...request, url: `${request.url}/${at}` }, context).then(
            ({ status }) => outcomes.set(at, status),
            (error: { code?: string }) => outcomes.set(at, error.code),
          );
        }
        await clock.advance(abortAtMs);
        const had = outcomes.get(which);
        controller.abort();
        await clock.advance(0);
        expect(outcomes.get(which)).toBe(had ?? "aborted");
        await clock.advance(120_000);
        expect(outcomes.size).toBe(5);
        expect([...outcomes].filter(([at, outcome]) => at !== which && outcome === "aborted")).toEqual([]);
        expect(limiter.inspect(principal)).toMatchObject({ depth: 0, inFlight: 0 });
        expect(clock.pending()).toBe(0);
        expect(mostInAnyWindow(counted, windowMs)).toBeLessThanOrEqual(limit);
      },
    ),
    { numRuns: 150 },
  );
});
