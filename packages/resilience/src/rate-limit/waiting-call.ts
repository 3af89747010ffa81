import { abortedError, type CallContext, type Clock, onAbort } from "@ghlkit/core";
import type { Waiter } from "./lanes.ts";
import { unsentOrigin } from "./refusals.ts";
import type { Slot } from "./slot.ts";

/** A call that waits for its slot. Granting or refusing it ends the wait and everything that watches it. */
export interface WaitingCall extends Waiter {
  readonly context: CallContext;
  /** When it began to wait. */
  readonly since: number;
  readonly slot: Promise<Slot>;
  readonly grant: (slot: Slot) => void;
  readonly refuse: (error: Error) => void;
}

export interface WaitOptions {
  readonly context: CallContext;
  readonly clock: Clock;
  /** Longest wait; `Infinity` sets no timer. */
  readonly boundMs: number;
  /** The error of a wait longer than `boundMs`. */
  readonly tooLate: () => Error;
  /** Takes the call out of its lane, when it is aborted or late. */
  readonly leave: (call: WaitingCall) => void;
}

export function waitingCall({ context, clock, boundMs, tooLate, leave }: WaitOptions): WaitingCall {
  const { signal, priority } = context;
  const since = clock.now();
  const { promise: slot, resolve, reject } = promiseParts<Slot>();
  const refuse = (error: Error): void => {
    unwatch();
    reject(error);
  };
  const giveUp = (error: Error): void => {
    refuse(error);
    leave(call);
  };
  const cancelBound = boundMs === Infinity ? undefined : clock.after(boundMs, () => giveUp(tooLate()));
  const ignoreSignal = signal && onAbort(signal, () => giveUp(abortedError(signal, unsentOrigin(context))));
  const unwatch = (): void => {
    ignoreSignal?.();
    cancelBound?.();
  };
  const grant = (granted: Slot): void => {
    unwatch();
    resolve(granted);
    context.emit({ type: "granted", waitedMs: clock.now() - since });
  };
  const call: WaitingCall = { priority, context, since, slot, grant, refuse };
  return call;
}

/** Promise.withResolvers, which ES2023 does not have. */
function promiseParts<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: Error) => void } {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
