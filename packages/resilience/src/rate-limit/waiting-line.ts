import type { CallContext, Priority } from "@ghlkit/core";
import type { BucketSettings } from "./bucket-state.ts";
import { Lanes } from "./lanes.ts";
import { pastDeadline, queueFull, waitTooLong } from "./refusals.ts";
import type { Slot } from "./slot.ts";
import { waitingCall, type WaitingCall } from "./waiting-call.ts";

/** The calls of one bucket that wait for a slot. */
export class WaitingLine {
  readonly #settings: BucketSettings;
  readonly #lanes = new Lanes<WaitingCall>();
  readonly #changed: () => void;
  readonly #serve: () => void;
  /** Taken out because their requests seem to have ended. */
  readonly #gone = new WeakSet<WaitingCall>();
  #isReporting = false;

  /**
   * `changed` is called after calls left by themselves, aborted or late; `serve` when a call looks whether somebody can be served, which it
   * does where requests are isolated.
   */
  constructor(settings: BucketSettings, { changed, serve }: { readonly changed: () => void; readonly serve: () => void }) {
    this.#settings = settings;
    this.#changed = changed;
    this.#serve = serve;
  }

  get size(): number {
    return this.#lanes.size;
  }

  sizes(): Readonly<Record<Priority, number>> {
    return this.#lanes.sizes();
  }

  /** How many certainly go before a newcomer. */
  ahead(priority: Priority): number {
    return this.#lanes.ahead(priority);
  }

  /**
   * `again`: the call had its turn and could not go; it keeps it.
   * @throws GhlError `queue_full` or `timeout` when the queue is full, or the wait is known to be too long.
   */
  join(context: CallContext, now: number, { waitMs, again }: { readonly waitMs: number; readonly again: boolean }): Promise<Slot> {
    const { maxQueue, maxWaitMs, clock } = this.#settings;
    const depth = this.#lanes.size;
    if (depth >= maxQueue && !again) throw queueFull(context, depth);
    const leftMs = context.deadline === undefined ? Infinity : context.deadline - now;
    const boundMs = Math.min(leftMs, maxWaitMs);
    const tooLate = (): Error => (leftMs <= maxWaitMs ? pastDeadline(context, leftMs) : waitTooLong(context, this.#lanes.size, maxWaitMs));
    if (waitMs > boundMs) throw tooLate();
    const leave = (call: WaitingCall): void => {
      if (!this.#gone.delete(call)) this.#lanes.remove(call);
      this.#reportChange();
    };
    const look = (call: WaitingCall): void => {
      // It was slow, not gone: it keeps its turn.
      if (this.#gone.delete(call)) this.#lanes.addFirst(call);
      this.#serve();
    };
    const call = waitingCall({ context, clock, boundMs, tooLate, leave, look });
    if (again) this.#lanes.addFirst(call);
    else this.#lanes.add(call);
    context.emit({ type: "queued", depth: depth + 1, waitMs });
    return call.slot;
  }

  /** Once for all calls that leave at the same moment: one signal may end ten thousand. */
  #reportChange(): void {
    if (this.#isReporting) return;
    this.#isReporting = true;
    queueMicrotask(() => {
      this.#isReporting = false;
      this.#changed();
    });
  }

  /** Takes the call out whose turn it is, of one lane or of all. */
  shift(only?: Priority): WaitingCall | undefined {
    const now = this.#settings.clock.now();
    for (let call = this.#lanes.shift(only); call !== undefined; call = this.#lanes.shift(only)) {
      if (!call.isGone(now)) return call;
      this.#gone.add(call);
    }
    return undefined;
  }

  refuse(errorOf: (context: CallContext) => Error, only?: Priority): void {
    for (let call = this.shift(only); call !== undefined; call = this.shift(only)) call.refuse(errorOf(call.context));
  }
}
