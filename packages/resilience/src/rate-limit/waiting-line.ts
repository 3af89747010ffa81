import type { CallContext, Clock, Priority } from "@ghlkit/core";
import type { BucketSettings } from "./bucket-state.ts";
import { Lanes } from "./lanes.ts";
import { pastDeadline, queueFull, waitTooLong } from "./refusals.ts";
import type { Slot } from "./slot.ts";
import { WaitingCall, type CallQueue } from "./waiting-call.ts";

/** The bucket whose calls wait. */
export interface LineOwner {
  /** Called after calls left by themselves, aborted or late. */
  changed(): void;
  /** Called when a call looks whether one can be served, which it does where requests are isolated. */
  serve(): void;
}

const noneWait: Readonly<Record<Priority, number>> = { interactive: 0, webhook: 0, bulk: 0 };

/** The calls of one bucket that wait for a slot. */
export class WaitingLine implements CallQueue {
  readonly #settings: BucketSettings;
  readonly #owner: LineOwner;
  /** Made for the first call that waits. */
  #lanes: Lanes<WaitingCall> | undefined;
  /** Taken out because their requests seem to have ended. */
  #gone: WeakSet<WaitingCall> | undefined;
  #isReporting = false;

  constructor(settings: BucketSettings, owner: LineOwner) {
    this.#settings = settings;
    this.#owner = owner;
  }

  get clock(): Clock {
    return this.#settings.clock;
  }

  get size(): number {
    return this.#lanes?.size ?? 0;
  }

  sizes(): Readonly<Record<Priority, number>> {
    return this.#lanes?.sizes() ?? noneWait;
  }

  /** How many certainly go before a newcomer. */
  ahead(priority: Priority): number {
    return this.#lanes?.ahead(priority) ?? 0;
  }

  /**
   * `again`: the call had its turn and could not go; it keeps it.
   * @throws GhlError `queue_full` or `timeout` when the queue is full, or the wait is known to be too long.
   */
  join(context: CallContext, now: number, { waitMs, again }: { readonly waitMs: number; readonly again: boolean }): Promise<Slot> {
    const { maxQueue, maxWaitMs } = this.#settings;
    const depth = this.size;
    if (depth >= maxQueue && !again) throw queueFull(context, depth);
    const boundMs = Math.min(leftMs(context, now), maxWaitMs);
    if (waitMs > boundMs) throw this.#waitError(context, now);
    const call = new WaitingCall(context, boundMs, this);
    this.#lanes ??= new Lanes();
    if (again) this.#lanes.addFirst(call);
    else this.#lanes.add(call);
    context.emit({ type: "queued", depth: depth + 1, waitMs });
    return call.slot;
  }

  tooLate({ context, since }: WaitingCall): Error {
    return this.#waitError(context, since);
  }

  leave(call: WaitingCall): void {
    if (this.#gone?.delete(call) !== true) this.#lanes?.remove(call);
    this.#reportChange();
  }

  look(call: WaitingCall): void {
    // It was slow, not gone: it keeps its turn.
    if (this.#gone?.delete(call) === true) this.#lanes?.addFirst(call);
    this.#owner.serve();
  }

  /** Takes the call out whose turn it is, of one lane or of all. */
  shift(only?: Priority): WaitingCall | undefined {
    if (this.#lanes === undefined) return undefined;
    const now = this.clock.now();
    for (let call = this.#lanes.shift(only); call !== undefined; call = this.#lanes.shift(only)) {
      if (!call.isGone(now)) return call;
      this.#gone ??= new WeakSet();
      this.#gone.add(call);
    }
    return undefined;
  }

  refuse(errorOf: (context: CallContext) => Error, only?: Priority): void {
    for (let call = this.shift(only); call !== undefined; call = this.shift(only)) call.refuse(errorOf(call.context));
  }

  #waitError(context: CallContext, since: number): Error {
    const { maxWaitMs } = this.#settings;
    const timeoutMs = leftMs(context, since);
    return timeoutMs <= maxWaitMs ? pastDeadline(context, timeoutMs) : waitTooLong(context, this.size, maxWaitMs);
  }

  /** Once for all calls that leave at the same moment: one signal may end ten thousand. */
  #reportChange(): void {
    if (this.#isReporting) return;
    this.#isReporting = true;
    queueMicrotask(() => {
      this.#isReporting = false;
      this.#owner.changed();
    });
  }
}

/** Ms until the deadline of a call. */
function leftMs({ deadline }: CallContext, now: number): number {
  return deadline === undefined ? Infinity : deadline - now;
}
