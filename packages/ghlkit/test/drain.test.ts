import { abortedError, createContext, type Send, type WireRequest, type WireResponse } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { withCollapsing, withRateLimit, withRetry } from "@ghlkit/resilience";
import { describe, expect, it } from "vitest";
import { createDrain } from "../src/drain.ts";

const get: WireRequest = { method: "GET", url: "https://services.leadconnectorhq.com/x", headers: {}, body: undefined };
const post: WireRequest = { ...get, method: "POST" };
const principal = { app: "a", kind: "location", resource: "loc-1" } as const;
const hanging: Send = (_request, { signal }) =>
  new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(abortedError(signal, { attempts: 1 }))));

/** What became of a call: its status, or what its error tells. */
async function outcome(call: Promise<WireResponse>): Promise<unknown> {
  return call.then(
    ({ status }) => status,
    ({ code, attempts, message }: { code: string; attempts: number; message: string }) => ({ code, attempts, message }),
  );
}

/** A drained client on a clock of its own, with a limiter that lets one call through per second. */
function drained(send: Send = async () => new Response(null, { status: 200 })) {
  const clock = createManualClock();
  const drain = createDrain(clock);
  const limiter = withRateLimit({ clock, limit: 1, windowMs: 1000 });
  const retry = withRetry({ clock, baseDelayMs: 5000, random: () => 1 });
  const layered = drain.gate(withCollapsing()(drain.count(retry(limiter(send)))));
  const call = (request: WireRequest, signal?: AbortSignal): Promise<unknown> =>
    outcome(layered(request, createContext({ principal, signal })));
  return { clock, drain, limiter, call };
}

describe("close({ withinMs })", () => {
  it("lets calls end until their time is up, then aborts those that wait, and sends no more", async () => {
    let sent = 0;
    const { clock, drain, limiter, call } = drained(async () => {
      sent += 1;
      return new Response(null, { status: 200 });
    });
    const calls = Array.from({ length: 10 }, () => call(post));
    await clock.advance(0);
    let closed = false;
    const closing = drain.close({ withinMs: 3500 }).then(() => (closed = true));
    await clock.advance(3499);
    expect([sent, closed]).toEqual([4, false]);
    await clock.advance(1);
    await closing;
    const cutOff = { code: "aborted", attempts: 0, message: "The client was closed before the call had ended. Nothing was sent." };
    expect(await Promise.all(calls)).toEqual([200, 200, 200, 200, ...Array.from({ length: 6 }, () => cutOff)]);
    await clock.advance(60_000);
    expect([sent, clock.pending(), limiter.inspect(principal)?.depth]).toEqual([4, 0, 0]);
  });

  it("aborts a call that was sent, and one that waits to be repeated, and tells so", async () => {
    const { clock, drain, call } = drained(hanging);
    const sent = call(post);
    await clock.advance(0);
    const failing = drained(async () => new Response(null, { status: 503 }));
    const waiting = failing.call(get);
    await failing.clock.advance(0);
    const closing = [drain.close({ withinMs: 10 }), failing.drain.close({ withinMs: 10 })];
    await Promise.all([clock.advance(10), failing.clock.advance(10)]);
    await Promise.all(closing);
    const message = "The client was closed before the call had ended. It may have been sent.";
    expect([await sent, await waiting]).toEqual([
      { code: "aborted", attempts: 1, message },
      { code: "aborted", attempts: 1, message },
    ]);
    expect(failing.clock.pending()).toBe(0);
  });

  it("goes on beside the signals of the calls themselves, and of reads that share an answer", async () => {
    const { clock, drain, call } = drained(hanging);
    const own = new AbortController();
    const calls = [call(get), call(get), call(post, own.signal), call(post, new AbortController().signal), call(post, AbortSignal.abort())];
    await clock.advance(0);
    own.abort();
    const closing = drain.close({ withinMs: 100 });
    await clock.advance(100);
    await closing;
    const outcomes = (await Promise.all(calls)) as { code: string; message: string }[];
    expect(outcomes.map(({ code }) => code)).toEqual(Array.from({ length: 5 }, () => "aborted"));
    expect(outcomes.map(({ message }) => message.startsWith("The client was closed"))).toEqual([true, true, false, true, false]);
  });

  it("leaves the reason of a call that was aborted before, and ends after", async () => {
    const clock = createManualClock();
    const drain = createDrain(clock);
    const slow: Send = (_request, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener("abort", () => clock.after(500, () => reject(abortedError(signal)))));
    const own = new AbortController();
    const failed = outcome(drain.count(slow)(post, createContext({ signal: own.signal })));
    own.abort();
    const closing = drain.close({ withinMs: 100 });
    await clock.advance(500);
    await closing;
    expect(await failed).toMatchObject({ message: "The call was aborted by its signal." });
  });

  it("does not wait for what pays no heed", async () => {
    const { clock, drain, call } = drained(() => new Promise(() => {}));
    void call(post);
    await clock.advance(0);
    const closing = drain.close({ withinMs: 50 });
    await clock.advance(50);
    await closing;
  });

  it("leaves no timer behind when all have ended before", async () => {
    const { clock, drain, call } = drained();
    const ended = call(post);
    const closing = [drain.close({ withinMs: 60_000 }), drain.close()];
    await clock.advance(0);
    await Promise.all(closing);
    await clock.advance(2000);
    expect([await ended, clock.pending()]).toEqual([200, 0]);
    await drain.close({ withinMs: 0 });
  });

  it("refuses a time that is none", async () => {
    const { drain, call } = drained();
    await expect(drain.close({ withinMs: -1 })).rejects.toMatchObject({ code: "invalid_request" });
    await expect(drain.close({ withinMs: Number.NaN })).rejects.toMatchObject({ code: "invalid_request" });
    expect(await call(post)).toBe(200);
  });

  it("aborts ten thousand calls at once", async () => {
    const { clock, drain, call } = drained();
    const calls = Array.from({ length: 10_000 }, () => call(post));
    await clock.advance(0);
    const closing = drain.close({ withinMs: 0 });
    await clock.advance(0);
    await closing;
    const outcomes = await Promise.all(calls);
    expect(outcomes.filter((one) => one !== 200)).toHaveLength(9_999);
  });
});
