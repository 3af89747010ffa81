import { createContext, sleep, type CallContext, type CallEvent, type Principal, type Send, type WireRequest } from "@ghlkit/core";
import type { ManualClock } from "@ghlkit/core/testing";

export const request: WireRequest = Object.freeze({
  method: "GET",
  url: "https://services.leadconnectorhq.com/x",
  headers: {},
  body: undefined,
});

export const principal: Principal = { app: "private", kind: "location", resource: "loc-1", credential: "token-1" };

export interface Platform {
  readonly send: Send;
  /** When each call was counted. */
  readonly counted: readonly number[];
  /** Spends slots as another client of the same location would. */
  readonly spend: (count: number) => void;
}

export interface PlatformOptions {
  readonly limit: number;
  readonly windowMs: number;
  /** Time on the way there and back; asked once per call. */
  readonly latency?: () => readonly [number, number];
  readonly headers?: boolean;
  readonly retryAfterSeconds?: number;
}

/** A platform with a sliding window that counts a call when it arrives. */
export function simulatedPlatform(clock: ManualClock, options: PlatformOptions): Platform {
  const counted: number[] = [];
  let spent: number[] = [];
  const inWindow = (): number => {
    spent = spent.filter((time) => time > clock.now() - options.windowMs);
    return spent.length;
  };
  return {
    counted,
    spend: (count) => {
      for (let i = 0; i < count; i += 1) spent.push(clock.now());
    },
    send: async (_request, context) => {
      const [there, back] = options.latency?.() ?? [0, 0];
      await sleep(there, context.signal, clock);
      const refused = inWindow() >= options.limit;
      if (!refused) spent.push(clock.now());
      counted.push(clock.now());
      const headers = new Headers();
      if (options.headers === true) {
        headers.set("x-ratelimit-max", String(options.limit));
        headers.set("x-ratelimit-remaining", String(options.limit - inWindow()));
        headers.set("x-ratelimit-interval-milliseconds", String(options.windowMs));
      }
      if (refused && options.retryAfterSeconds !== undefined) headers.set("retry-after", String(options.retryAfterSeconds));
      await sleep(back, context.signal, clock);
      return new Response(null, { status: refused ? 429 : 200, headers });
    },
  };
}

/** A context that remembers its events. */
export function listening(context: Partial<CallContext> = {}): { context: CallContext; events: CallEvent[] } {
  const events: CallEvent[] = [];
  return { context: createContext({ principal, ...context, emit: (event) => events.push(event) }), events };
}

/** Largest number of times in any window of that length. */
export function mostInAnyWindow(times: readonly number[], windowMs: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.max(0, ...sorted.map((end) => sorted.filter((time) => time > end - windowMs && time <= end).length));
}
