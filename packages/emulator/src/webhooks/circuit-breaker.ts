import type { TimeSource } from "../clock/emulator-clock.ts";

/**
 * The rule by which the platform gives up on a URL: it looks every so often, and a URL with more than so many webhooks since the
 * last look, of which too few came through, is warned; if that is so at the next look again, it is paused until someone enables it.
 * The documents do not say what counts as a webhook: here each delivery does, once, when it is first tried.
 */
export interface CircuitBreakerOptions {
  /** Milliseconds between two looks. Default 259 200 000, three days. */
  readonly everyMs?: number;
  /** A URL is judged when it has more than that many webhooks. Default 10 000. */
  readonly moreThan?: number;
  /** Share that has to come through, from 0 to 1. Default 0.9. */
  readonly minSuccess?: number;
}

export const defaultCircuitBreaker: Required<CircuitBreakerOptions> = { everyMs: 259_200_000, moreThan: 10_000, minSuccess: 0.9 };

/** How a URL has done since the last look. `warned`: a mail has gone out. `paused`: nothing is sent to it. */
export interface UrlHealth {
  readonly url: string;
  readonly state: "healthy" | "warned" | "paused";
  /** Begin of the time that is looked at, emulated. */
  readonly since: string;
  readonly webhooks: number;
  readonly delivered: number;
}

/** Watches URLs. */
export interface CircuitBreaker {
  readonly isPaused: (url: string) => boolean;
  /** A delivery is tried for the first time. */
  readonly tried: (url: string) => void;
  /** A delivery has come through. */
  readonly delivered: (url: string) => void;
  readonly list: () => readonly UrlHealth[];
  /** Enables the events of a URL again. `false` when it was not paused. */
  readonly resume: (url: string) => boolean;
  readonly reset: () => void;
}

interface Watched {
  state: UrlHealth["state"];
  sinceMs: number;
  webhooks: number;
  delivered: number;
}

export function createCircuitBreaker(clock: TimeSource, options: Required<CircuitBreakerOptions> | "off"): CircuitBreaker {
  const urls = new Map<string, Watched>();
  const watched = (url: string): Watched => {
    const known = urls.get(url);
    if (known === undefined) {
      const fresh: Watched = { state: "healthy", sinceMs: clock.now(), webhooks: 0, delivered: 0 };
      urls.set(url, fresh);
      return fresh;
    }
    if (options !== "off") look(known, clock.now(), options);
    return known;
  };
  return {
    isPaused: (url) => options !== "off" && watched(url).state === "paused",
    tried: (url) => void (watched(url).webhooks += 1),
    delivered: (url) => void (watched(url).delivered += 1),
    list: () =>
      [...urls.keys()].map((url) => {
        const { state, sinceMs, webhooks, delivered } = watched(url);
        return { url, state, since: new Date(sinceMs).toISOString(), webhooks, delivered };
      }),
    resume(url) {
      if (urls.get(url)?.state !== "paused") return false;
      urls.delete(url);
      return true;
    },
    reset: () => urls.clear(),
  };
}

/** What the platform would have seen at the looks since the last one that was needed here. */
function look(url: Watched, nowMs: number, { everyMs, moreThan, minSuccess }: Required<CircuitBreakerOptions>): void {
  const looks = Math.floor((nowMs - url.sinceMs) / everyMs);
  if (looks < 1 || url.state === "paused") return;
  const isFlagged = url.webhooks > moreThan && url.delivered / url.webhooks < minSuccess;
  if (isFlagged && url.state === "warned") url.state = "paused";
  // A look after one at which nothing was wrong begins anew.
  else url.state = isFlagged && looks === 1 ? "warned" : "healthy";
  url.sinceMs += looks * everyMs;
  url.webhooks = 0;
  url.delivered = 0;
}
