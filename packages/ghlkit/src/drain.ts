import {
  ghlError,
  isGhlError,
  isolatesRequests,
  originOf,
  systemClock,
  type CallContext,
  type Clock,
  type GhlErrorOf,
  type Layer,
} from "@ghlkit/core";
import { JoinedSignals } from "./joined-signals.ts";

/** Options of `close()`. */
export interface CloseOptions {
  /**
   * Milliseconds that calls under way get to end. Those that have not ended by then, queued or sent, are `aborted`, with `attempts: 0` where
   * nothing was sent. Default: as long as they take, and ten thousand queued calls of one location take a quarter of an hour.
   * In Cloudflare Workers no call of another request can be waited for or ended: there it is without effect.
   */
  readonly withinMs?: number;
}

/** Lets a program end without cutting calls off, or not before their time is up. */
export interface Drain {
  /** Refuses calls once closed. Outermost. */
  readonly gate: Layer;
  /** Counts what is under way, and ends it when the time is up. Inside what shares reads: each would need an AbortController else. */
  readonly count: Layer;
  readonly close: (options?: CloseOptions) => Promise<void>;
}

/** Lets calls through until it is closed, and waits for those under way. */
export function createDrain(clock: Clock = systemClock): Drain {
  let underWay = 0;
  let closed = false;
  let shared: TimeUp | undefined;
  const timeUp = (): TimeUp => {
    if (shared !== undefined) return shared;
    const controller = new AbortController();
    return (shared = { controller, joined: new JoinedSignals(controller.signal) });
  };
  const whenEmpty = new Set<() => void>();
  const leave = (): void => {
    underWay -= 1;
    if (underWay === 0) for (const tell of whenEmpty) tell();
  };
  return {
    gate: (next) => (request, context) => (closed ? Promise.reject(refusedError(context)) : next(request, context)),
    count: (next) => (request, context) => {
      underWay += 1;
      const { signal, forget } = withTimeUp(context.signal, timeUp);
      return next(request, { ...context, signal }).then(
        (response) => {
          forget?.();
          leave();
          return response;
        },
        (error: unknown) => {
          forget?.();
          leave();
          throw isCutOff(error, shared?.controller.signal) ? cutOffError(error) : error;
        },
      );
    },
    close: async ({ withinMs = Infinity } = {}) => {
      if (!(withinMs >= 0)) throw ghlError("invalid_request", "withinMs must be a number of milliseconds, 0 or more.", {});
      closed = true;
      // Calls of other requests can neither be waited for nor ended.
      if (underWay === 0 || isolatesRequests()) return;
      await new Promise<void>((resolve) => {
        whenEmpty.add(resolve);
        if (withinMs === Infinity) return;
        const cancel = clock.after(withinMs, () => {
          shared?.controller.abort(new Error(`The client was closed, and its calls had ${withinMs} ms to end.`));
          // What pays no heed to an abort is not waited for.
          clock.after(0, resolve);
        });
        whenEmpty.add(cancel);
      });
    },
  };
}

interface Bounded {
  readonly signal: AbortSignal | undefined;
  readonly forget?: () => void;
}

interface TimeUp {
  readonly controller: AbortController;
  readonly joined: JoinedSignals;
}

/** The signal of one call. The shared one serves all that have none of their own: an AbortController for each would cost more. */
function withTimeUp(own: AbortSignal | undefined, timeUp: () => TimeUp): Bounded {
  // A signal of one request cannot end the I/O of another.
  if (isolatesRequests()) return { signal: own };
  if (own === undefined) return { signal: timeUp().controller.signal };
  return own.aborted ? { signal: own } : timeUp().joined.join(own);
}

function refusedError(context: CallContext): Error {
  const origin = { ...originOf(context), attempts: 0 };
  return ghlError("invalid_request", "This client is closed: make another one. Nothing was sent.", {}, origin);
}

function isCutOff(error: unknown, timeUp: AbortSignal | undefined): error is GhlErrorOf<"aborted"> {
  return timeUp?.aborted === true && isGhlError(error, "aborted") && error.cause === timeUp.reason;
}

function cutOffError(error: GhlErrorOf<"aborted">): Error {
  const { operation, principal, attempts, cause } = error;
  const sent = attempts === 0 ? "Nothing was sent." : "It may have been sent.";
  return ghlError("aborted", `The client was closed before the call had ended. ${sent}`, {}, { operation, principal, attempts, cause });
}
