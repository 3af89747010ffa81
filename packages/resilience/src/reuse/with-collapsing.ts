import {
  abortedError,
  ghlError,
  isolatesRequests,
  isWrite,
  onAbort,
  originOf,
  systemClock,
  type CallContext,
  type Clock,
  type Layer,
  type WireResponse,
} from "@ghlkit/core";
import { afterWrite, touches } from "./after-write.ts";
import { reuseKey } from "./reuse-key.ts";

/** Options of {@link withCollapsing}. */
export interface CollapsingOptions {
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** An execution that several callers wait for. */
interface Shared {
  readonly answer: Promise<WireResponse>;
  /** Its first caller's; its deadline bounds the execution. */
  readonly context: CallContext;
  /** Ends it; `undefined` when its first caller cannot be aborted, so that a caller always waits. */
  readonly controller: AbortController | undefined;
  waiting: number;
}

/** Share of its time that a caller gives up for not making a call of its own. */
const spareShare = 0.05;

/**
 * Lets identical reads that are under way at the same time share one execution: same principal, credentials, lane, timeout, URL and
 * Version. An abort or a deadline ends its own caller's wait; the execution ends when no caller waits for it any more. None joins one that
 * has less time: its deadline may be earlier by a twentieth of the caller's own time, no more. Nor does a call join one that began before
 * a write to the same service ended, or with `fresh` any that began earlier.
 *
 * In Cloudflare Workers every call is an execution of its own: what one request waits for may end with another one.
 */
export function withCollapsing({ clock = systemClock }: CollapsingOptions = {}): Layer {
  return (next) => {
    const underWay = new Map<string, Shared>();
    const forgetTouched = (write: CallContext): void => {
      for (const [key, { context }] of underWay)
        if (touches(write, { operation: context.operation?.id, principal: context.principal })) underWay.delete(key);
    };
    return (request, context) => {
      if (isolatesRequests()) return next(request, context);
      if (isWrite(request.method, context.operation)) return afterWrite(next(request, context), () => forgetTouched(context));
      const reuse = reuseKey(request, context);
      if (reuse === undefined) return next(request, context);
      if (context.signal?.aborted) return Promise.reject(abortedError(context.signal, originOf(context)));
      // A click does not wait for the slot of a nightly job.
      const key = `${context.priority} ${context.timeoutMs}\n${reuse}`;
      const known = underWay.get(key);
      if (known !== undefined && mayJoin(known, context, clock)) {
        context.emit({ type: "collapsed" });
        return wait(known, context, clock);
      }
      const controller = context.signal === undefined ? undefined : new AbortController();
      const answer = next(request, controller === undefined ? context : { ...context, signal: controller.signal });
      const shared: Shared = { answer, context, controller, waiting: 0 };
      underWay.set(key, shared);
      const forget = (): void => {
        if (underWay.get(key) === shared) underWay.delete(key);
      };
      answer.then(forget, forget);
      controller?.signal.addEventListener("abort", forget, { once: true });
      return wait(shared, context, clock);
    };
  };
}

function mayJoin({ context: first }: Shared, { fresh, deadline }: CallContext, clock: Clock): boolean {
  if (fresh === true) return false;
  if (first.deadline === undefined) return true;
  if (deadline === undefined) return false;
  const now = clock.now();
  return first.deadline > now && deadline - first.deadline <= (deadline - now) * spareShare;
}

function wait(shared: Shared, context: CallContext, clock: Clock): Promise<WireResponse> {
  shared.waiting += 1;
  const { signal, deadline } = context;
  // The execution itself keeps to the deadline of its first caller.
  const endsBefore = deadline !== undefined && deadline < (shared.context.deadline ?? Infinity);
  if (signal === undefined && !endsBefore) return shared.answer;
  return new Promise((resolve, reject) => {
    const leave = (error: Error, reason: unknown): void => {
      forget();
      shared.waiting -= 1;
      if (shared.waiting === 0) shared.controller?.abort(reason);
      reject(error);
    };
    const forgetSignal = signal && onAbort(signal, () => leave(abortedError(signal, originOf(context)), signal.reason));
    const leftMs = endsBefore ? deadline - clock.now() : 0;
    const cancel = endsBefore ? clock.after(leftMs, () => leave(late(context, leftMs), undefined)) : undefined;
    const forget = (): void => {
      forgetSignal?.();
      cancel?.();
    };
    shared.answer.then(resolve, reject).finally(forget);
  });
}

function late(context: CallContext, leftMs: number): Error {
  const message = "The deadline of the call passed while it shared a read that was under way.";
  return ghlError("timeout", message, { timeoutMs: Math.max(0, leftMs), scope: "total", sent: true }, originOf(context));
}
