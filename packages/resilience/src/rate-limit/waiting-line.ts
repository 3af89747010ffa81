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
  #isReporting = false;

  /** `changed` is called after calls left by themselves, aborted or late. */
  constructor(settings: BucketSettings, changed: () => void) {
    this.#settings = settings;
    this.#changed = changed;
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
      this.#lanes.remove(call);
      this.#reportChange();
    };
    const call = waitingCall({ context, clock, boundMs, tooLate, leave });
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
    return this.#lanes.shift(only);
  }

  refuse(errorOf: (context: CallContext) => Error, only?: Priority): void {
    for (let call = this.shift(only); call !== undefined; call = this.shift(only)) call.refuse(errorOf(call.context));
  }
}
