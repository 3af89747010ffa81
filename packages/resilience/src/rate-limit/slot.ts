import type { CallContext, WireResponse } from "@ghlkit/core";
import type { BucketState } from "./bucket-state.ts";
import type { Departure } from "./other-clients.ts";
import type { SlotMark } from "./slot-window.ts";

/** A slot that was granted: of this process, or of a reservation in a shared window. */
export type Slot = OwnSlot | SharedSlot;

/** After a refusal or an outage calls go one at a time until one is answered. */
export interface Trial {
  /** Calls of the trial that have not come back. */
  out: number;
}

export interface OwnSlot {
  readonly mark: SlotMark;
  readonly departure: Departure;
  /** The trial it was granted in. */
  readonly trial: Trial | undefined;
}

export interface SharedSlot {
  /** `undefined` for a slot granted while the shared window could not be reached. */
  readonly reservation: string | undefined;
  readonly trial: Trial | undefined;
}

/** The slots and the queue of one principal. */
export interface RateBucket {
  /** A slot at once, or a promise of one. `again`: the call had its turn and could not go; it keeps it. */
  enter(context: CallContext, again: boolean): Slot | Promise<Slot>;
  /** No call goes to a host that only fails, for so long; then one goes ahead alone. */
  hold(forMs: number): void;
  /** The call never left. */
  giveBack(slot: Slot): void;
  /** The call left, and its answer was lost. */
  lost(slot: Slot): void;
  /** The platform answered. */
  answered(slot: Slot, response: WireResponse, context: CallContext): void;
  /** Whether nothing would be lost by forgetting the bucket. */
  isIdle(): boolean;
  state(): BucketState;
  /** Resolves when a shared window knows everything that can be told now. */
  flush(): Promise<void>;
}
