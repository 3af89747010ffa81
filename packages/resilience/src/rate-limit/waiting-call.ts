import { abortedError, isolatesRequests, onAbort, type CallContext, type Clock } from "@ghlkit/core";
import type { Waiter } from "./lanes.ts";
import { unsentOrigin } from "./refusals.ts";
import type { Slot } from "./slot.ts";

/** The queue in which a call waits, as the call sees it. */
export interface CallQueue {
  readonly clock: Clock;
  /** The error of a wait that takes longer than the call allows. */
  tooLate(call: WaitingCall): Error;
  /** Takes the call out of its lane, when it is aborted or late. */
  leave(call: WaitingCall): void;
  /** Looks whether a call can be served. Called only where requests are isolated, see {@link isolatesRequests}. */
  look(call: WaitingCall): void;
}

/** How often a call looks after itself where requests are isolated, in ms. */
const lookMs = 25;

/** After so many ms without a look its request has ended. */
const goneMs = 2000;

/**
 * A call that waits for its slot. Granting or refusing it ends the wait and everything that watches it.
 *
 * Where requests share their I/O, granting ends it at once. Where they are isolated, a timer of one request cannot serve the call of another,
 * and what another has decided is carried out by a timer of the call's own. A class, because queues hold a hundred thousand of them.
 */
export class WaitingCall implements Waiter {
  readonly context: CallContext;
  /** When it began to wait. */
  readonly since: number;
  readonly slot: Promise<Slot>;
  before: Waiter | undefined;
  after: Waiter | undefined;
  readonly #queue: CallQueue;
  #resolve!: (slot: Slot) => void;
  #reject!: (error: Error) => void;
  #ignoreSignal: (() => void) | undefined;
  #cancelBound: (() => void) | undefined;
  /** Only where requests are isolated. */
  #isolated: Isolated | undefined;

  /** @param boundMs Longest wait; `Infinity` sets no timer. */
  constructor(context: CallContext, boundMs: number, queue: CallQueue) {
    this.context = context;
    this.#queue = queue;
    const { clock } = queue;
    this.since = clock.now();
    this.slot = new Promise<Slot>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const { signal } = context;
    if (boundMs !== Infinity) this.#cancelBound = clock.after(boundMs, () => this.#giveUp(this.#queue.tooLate(this)));
    if (signal !== undefined) this.#ignoreSignal = onAbort(signal, () => this.#abort());
    if (!isolatesRequests()) return;
    this.#isolated = { seenAt: this.since, decided: undefined, cancelLook: () => {} };
    this.#lookLater(this.#isolated);
  }

  get priority(): CallContext["priority"] {
    return this.context.priority;
  }

  grant(slot: Slot): void {
    this.#decide(() => {
      this.#resolve(slot);
      this.context.emit({ type: "granted", waitedMs: this.#queue.clock.now() - this.since });
    });
  }

  refuse(error: Error): void {
    this.#decide(() => this.#reject(error));
  }

  /** Whether it has shown no sign of life for long: its request has ended. Never where requests share their I/O. */
  isGone(now: number): boolean {
    return this.#isolated !== undefined && now - this.#isolated.seenAt > goneMs;
  }

  #decide(decision: () => void): void {
    if (this.#isolated !== undefined) this.#isolated.decided ??= decision;
    else this.#end(decision);
  }

  #end(decision: () => void): void {
    this.#stopWatching();
    decision();
  }

  #stopWatching(): void {
    this.#ignoreSignal?.();
    this.#cancelBound?.();
    this.#isolated?.cancelLook();
  }

  #giveUp(error: Error): void {
    const decided = this.#isolated?.decided;
    // What was granted meanwhile is given back by the caller.
    if (decided !== undefined) return this.#end(decided);
    this.#stopWatching();
    this.#reject(error);
    this.#queue.leave(this);
  }

  #abort(): void {
    // The signal has fired: it forgets by itself those it called.
    this.#ignoreSignal = undefined;
    this.#giveUp(abortedError(this.context.signal, unsentOrigin(this.context)));
  }

  #lookLater(isolated: Isolated): void {
    const { clock } = this.#queue;
    isolated.cancelLook = clock.after(lookMs, () => {
      isolated.seenAt = clock.now();
      if (isolated.decided === undefined) this.#queue.look(this);
      if (isolated.decided === undefined) this.#lookLater(isolated);
      else this.#end(isolated.decided);
    });
  }
}

interface Isolated {
  seenAt: number;
  decided: (() => void) | undefined;
  cancelLook: () => void;
}
