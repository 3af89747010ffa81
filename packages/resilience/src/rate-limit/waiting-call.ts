import { abortedError, isolatesRequests, onAbort, type CallContext, type Clock } from "@ghlkit/core";
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
  /** Whether it has shown no sign of life for long: its request has ended. Never where requests share their I/O. */
  readonly isGone: (now: number) => boolean;
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
  /** Looks whether somebody can be served. Called only where requests are isolated, see {@link isolatesRequests}. */
  readonly look: (call: WaitingCall) => void;
}

/** How often a call looks after itself where requests are isolated, in ms. */
const lookMs = 25;

/** After so many ms without a look its request has ended. */
const goneMs = 2000;

/**
 * A wait for a slot. Where requests share their I/O, granting ends it at once. Where they are isolated, a timer of one request cannot serve
 * the call of another, and what another has decided is carried out by a timer of the call's own.
 */
export function waitingCall({ context, clock, boundMs, tooLate, leave, look }: WaitOptions): WaitingCall {
  const { signal, priority } = context;
  const since = clock.now();
  const isIsolated = isolatesRequests();
  const { promise: slot, resolve, reject } = promiseParts<Slot>();
  let seenAt = since;
  let decided: (() => void) | undefined;
  let cancelLook = (): void => {};
  const end = (decision: () => void): void => {
    unwatch();
    decision();
  };
  const decide = (decision: () => void): void => {
    if (isIsolated) decided ??= decision;
    else end(decision);
  };
  const giveUp = (error: Error): void => {
    // What was granted meanwhile is given back by the caller.
    if (decided !== undefined) return end(decided);
    end(() => reject(error));
    leave(call);
  };
  const lookLater = (): void => {
    cancelLook = clock.after(lookMs, () => {
      seenAt = clock.now();
      if (decided === undefined) look(call);
      if (decided === undefined) lookLater();
      else end(decided);
    });
  };
  const cancelBound = boundMs === Infinity ? undefined : clock.after(boundMs, () => giveUp(tooLate()));
  const ignoreSignal = signal && onAbort(signal, () => giveUp(abortedError(signal, unsentOrigin(context))));
  const unwatch = (): void => {
    ignoreSignal?.();
    cancelBound?.();
    cancelLook();
  };
  const grant = (granted: Slot): void =>
    decide(() => {
      resolve(granted);
      context.emit({ type: "granted", waitedMs: clock.now() - since });
    });
  const refuse = (error: Error): void => decide(() => reject(error));
  const isGone = (now: number): boolean => isIsolated && now - seenAt > goneMs;
  const call: WaitingCall = { priority, context, since, slot, grant, refuse, isGone };
  if (isIsolated) lookLater();
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
