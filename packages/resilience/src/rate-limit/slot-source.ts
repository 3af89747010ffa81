import type { CallContext, CallEvent, Priority, RateState } from "@ghlkit/core";
import type { BucketState } from "./bucket-state.ts";
import type { WaitingCall } from "./waiting-call.ts";
import type { WaitingLine } from "./waiting-line.ts";

/** The bucket that a source serves, as the source sees it. */
export interface ServedBucket<Grant> {
  /** Calls that wait. */
  readonly depth: number;
  /** Those calls. Made when it is first read: most buckets have none. */
  readonly line: WaitingLine;
  /** How long the bucket is held because the host only fails; 0 when it is not. */
  outageLeftMs(now: number): number;
  /** @throws GhlError `circuit_open` for an `interactive` call while it is held. */
  checkOutage(context: CallContext, now: number): void;
  /** How many calls may go after a refusal or an outage, when one goes ahead alone; `Infinity` at other times. */
  alone(): number;
  /** Gives a waiting call its slot. */
  grant(call: WaitingCall, grant: Grant): void;
  emit(event: CallEvent): void;
  /** Serves those who wait, because something changed outside of the bucket. */
  serve(): void;
}

/** An answer, as far as a source learns from it. */
export interface Learned {
  readonly rate: RateState;
  /** Whether the platform refused the call (429). */
  readonly isRefused: boolean;
  /** `false` for a call that was given up before: its slot is settled already. */
  readonly isOutstanding: boolean;
}

/** What a refusal means. */
export interface Refusal {
  /** Whether the day is over, and not only the window. */
  readonly isDaily: boolean;
  /** Whether one call goes ahead alone when the bucket opens again. */
  readonly goesAlone: boolean;
}

/** What a source adds to the state of its bucket. */
export type SourceState = Pick<
  BucketState,
  "limit" | "windowMs" | "inFlight" | "free" | "nextSlotAt" | "dailyRemaining" | "dailyResetsAt" | "spentToday" | "source"
>;

/**
 * Where the slots of a bucket come from: a window of this process, or one that processes share. `Grant` is what it remembers of a slot.
 * Times are ms since epoch on the limiter's clock.
 */
export interface SlotSource<Grant> {
  readonly windowMs: number;
  /** Whether slots have to be asked for elsewhere: calls made in one go are then asked for in one go. */
  readonly isRemote: boolean;
  /** @throws GhlError `rate_daily` for a call that today has nothing left for. */
  checkDay(context: CallContext, now: number): void;
  /** A slot at once; `undefined` where the call has to wait. */
  take(priority: Priority, now: number): Grant | undefined;
  /**
   * The same for an `interactive` call during an outage, which is refused by the breaker at once or is the first to find the host back.
   * @throws GhlError `circuit_open` where that costs a question to a store.
   */
  takeInOutage(context: CallContext, now: number): Grant | undefined;
  /** Earliest time for a newcomer behind so many others, as far as it can be known. */
  estimate(now: number, ahead: number): number;
  /** Grants what can be granted to those who wait, or asks for it. */
  serve(now: number): void;
  /** When {@link serve} can do more without anything happening before; `Infinity` for never. */
  serveAt(now: number): number;
  giveBack(grant: Grant, now: number): void;
  lost(grant: Grant, now: number): void;
  answered(grant: Grant, learned: Learned, now: number): void;
  /** The platform refused the call, after {@link answered}: no call goes for `retryAfterMs`. */
  refused(grant: Grant, refused: { readonly rate: RateState; readonly retryAfterMs: number }, now: number): Refusal;
  /** Whether a refusal keeps the bucket shut. */
  isShut(now: number): boolean;
  /** Whether nothing would be lost by forgetting it. */
  isIdle(now: number): boolean;
  state(now: number): SourceState;
  /** Resolves when a shared window knows everything that can be reported now. */
  flush(): Promise<void>;
}
