import { createContext, isGhlError, sleep, type Send } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { describe, expect, test } from "vitest";
import { withDeadline, withRateLimit, withRetry } from "../../src/index.ts";
import { request } from "../simulated-platform.ts";

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("withDeadline", () => {
  test("starts no attempt after the deadline: the last answer is what there is", async () => {
    const clock = createManualClock();
    let sent = 0;
    const failing: Send = async () => {
      sent += 1;
      return new Response(null, { status: 503, headers: { "retry-after": "30" } });
    };
    const send = withDeadline({ totalMs: 50_000, clock })(withRetry({ clock, maxAttempts: 9 })(failing));
    const failed = failureOf(send(request, createContext()));
    await clock.advance(60_000);
    // The third attempt would start at 60 s, after the deadline: the second answer is what there is.
    expect(sent).toBe(2);
    expect(await failed).toBeUndefined();
    expect(clock.pending()).toBe(0);
  });

  test("ends a call that hangs", async () => {
    const clock = createManualClock();
    const hanging: Send = async (_, { signal }) => sleep(1e9, signal, clock).then(() => new Response());
    const failed = failureOf(withDeadline({ totalMs: 500, clock })(hanging)(request, createContext()));
    await clock.advance(499);
    expect(clock.pending()).toBe(2);
    await clock.advance(1);
    expect(await failed).toMatchObject({ code: "timeout", scope: "total", timeoutMs: 500 });
    expect(clock.pending()).toBe(0);
  });

  test("a call that never left the queue was not sent", async () => {
    const clock = createManualClock();
    const layers = [withDeadline({ totalMs: 500, clock }), withRetry({ clock }), withRateLimit({ limit: 1, clock })];
    const hanging: Send = async (_, { signal }) => sleep(1e9, signal, clock).then(() => new Response());
    const send = layers.reduceRight<Send>((next, layer) => layer(next), hanging);
    const [first, queued] = [1, 2].map(() => failureOf(send(request, createContext())));
    await clock.advance(501);
    expect(await first).toMatchObject({ code: "timeout", scope: "total", sent: true });
    expect(await queued).toMatchObject({ code: "timeout", scope: "total", sent: false, attempts: 0 });
  });

  test("an abort in the queue is one of a call that was not sent", async () => {
    const clock = createManualClock();
    const controller = new AbortController();
    const layers = [withDeadline({ totalMs: 500, clock }), withRateLimit({ limit: 1, windowMs: 100, clock })];
    const send = layers.reduceRight<Send>(
      (next, layer) => layer(next),
      () => new Promise(() => {}),
    );
    const [first, queued] = [1, 2].map(() => failureOf(send(request, createContext({ signal: controller.signal }))));
    await clock.advance(1);
    controller.abort();
    expect(await first).toMatchObject({ code: "aborted", attempts: 1 });
    expect(await queued).toMatchObject({ code: "aborted", attempts: 0 });
  });

  test("takes the shorter of its own limit and the call's deadline, and tells it to what is inside", async () => {
    const clock = createManualClock();
    const seen: (number | undefined)[] = [];
    const send: Send = async (_, context) => {
      seen.push(context.deadline);
      return new Response();
    };
    const layer = withDeadline({ totalMs: 500, clock })(send);
    await layer(request, createContext({ deadline: clock.now() + 200 }));
    await layer(request, createContext({ deadline: clock.now() + 900 }));
    await withDeadline({ clock })(send)(request, createContext());
    expect(seen).toEqual([clock.now() + 200, clock.now() + 500, undefined]);
  });

  test("sends nothing when the deadline has passed, and an abort stays an abort", async () => {
    const clock = createManualClock();
    let sent = 0;
    const send: Send = async () => {
      sent += 1;
      return new Response();
    };
    const layer = withDeadline({ clock })(send);
    expect(await failureOf(layer(request, createContext({ deadline: clock.now() - 1 })))).toMatchObject({ code: "timeout", sent: false });
    const aborted = await failureOf(withDeadline({ totalMs: 5, clock })(send)(request, createContext({ signal: AbortSignal.abort() })));
    expect(isGhlError(aborted, "aborted")).toBe(true);
    expect(sent).toBe(0);
    expect(() => withDeadline({ totalMs: 0 })).toThrow("more than 0");
  });
});
