import { abortedError, parseRetryAfter, readRateState, type CallContext, type Priority, type RateState } from "@ghlkit/core";
import type { BucketSettings, BucketState } from "./bucket-state.ts";
import { DailyQuota } from "./daily-quota.ts";
import { Lanes } from "./lanes.ts";
import { dayUsedUp, pastDeadline, queueFull, unsentOrigin, waitTooLong } from "./refusals.ts";
import { SlotWindow, type SlotMark } from "./slot-window.ts";
import { waitingCall, type WaitingCall } from "./waiting-call.ts";

/** The calls of one principal: who may go now, who waits, and for how long. */
export class Bucket {
  readonly #settings: BucketSettings;
  readonly #window: SlotWindow;
  readonly #daily = new DailyQuota();
  readonly #lanes = new Lanes<WaitingCall>();
  #closedUntil = 0;
  /** After a surprise 429 one call goes ahead alone and learns what is left. */
  #trial = false;
  #timer: { readonly at: number; readonly cancel: () => void } | undefined;

  constructor(settings: BucketSettings) {
    this.#settings = settings;
    this.#window = new SlotWindow(settings.limit, settings.windowMs, settings.ceiling);
  }

  /** A slot at once, or a promise of one. */
  enter(context: CallContext): SlotMark | Promise<SlotMark> {
    const now = this.#settings.clock.now();
    if (context.signal?.aborted) throw abortedError(context.signal, unsentOrigin(context));
    if (context.deadline !== undefined && now >= context.deadline) throw pastDeadline(context, 0);
    if (this.#daily.usedUp(now)) throw dayUsedUp(context, this.#daily.resetsAt);
    if (this.#lanes.size === 0 && this.#capacity(now) > 0) return this.#window.take();
    return this.#wait(context, now);
  }

  /** The call never left. */
  giveBack(): void {
    this.#window.giveBack();
    this.#serve(this.#settings.clock.now());
  }

  /** The call left, and its answer was lost. */
  lost(): void {
    const now = this.#settings.clock.now();
    this.#window.settle(now);
    this.#serve(now);
  }

  /** The platform answered. */
  answered(mark: SlotMark, { status, headers }: Response, context: CallContext): void {
    const now = this.#settings.clock.now();
    const rate = readRateState(headers);
    if (isTold(rate)) context.emit({ type: "rate", rate });
    this.#daily.learn(now, rate);
    // What a 429 leaves is told by its Retry-After and by the trial that follows.
    this.#window.learn(now, mark, status === 429 ? { ...rate, remaining: undefined } : rate);
    this.#window.settle(now);
    if (status === 429) this.#throttle(now, headers, context);
    else if (now >= this.#closedUntil) this.#trial = false;
    if (this.#daily.usedUp(now)) this.#refuseAll();
    this.#serve(now);
  }

  /** Whether nothing would be lost by forgetting the bucket. */
  isIdle(): boolean {
    const now = this.#settings.clock.now();
    const free = this.#window.free(now) === this.#window.limit && this.#lanes.size === 0;
    return free && now >= this.#closedUntil && !this.#daily.usedUp(now);
  }

  state(): BucketState {
    const now = this.#settings.clock.now();
    const waitMs = (priority: Priority): number => this.#estimate(now, priority) - now;
    return {
      limit: this.#window.limit,
      windowMs: this.#window.windowMs,
      inFlight: this.#window.inFlight,
      free: Math.max(0, this.#capacity(now)),
      depth: this.#lanes.size,
      waiting: this.#lanes.sizes(),
      nextSlotAt: this.#nextSlotAt(now),
      estimatedWaitMs: { interactive: waitMs("interactive"), webhook: waitMs("webhook"), bulk: waitMs("bulk") },
      dailyRemaining: this.#daily.remaining,
    };
  }

  #capacity(now: number): number {
    if (now < this.#closedUntil) return 0;
    const free = this.#window.free(now);
    return this.#trial ? Math.min(free, 1 - this.#window.inFlight) : free;
  }

  #nextSlotAt(now: number): number | undefined {
    if (this.#trial && now >= this.#closedUntil && this.#window.inFlight > 0) return undefined;
    const free = this.#window.nextFreeAt(now);
    return free === undefined ? undefined : Math.max(free, this.#closedUntil);
  }

  #estimate(now: number, priority: Priority): number {
    return Math.max(this.#closedUntil, this.#window.estimate(now, this.#lanes.ahead(priority) + 1));
  }

  #throttle(now: number, headers: Headers, context: CallContext): void {
    const daily = this.#daily.usedUp(now);
    const retryAfterMs = parseRetryAfter(headers.get("retry-after"), now) ?? this.#window.windowMs;
    this.#closedUntil = Math.max(this.#closedUntil, now + retryAfterMs);
    this.#trial = true;
    context.emit({ type: "throttled", retryAfterMs, daily });
  }

  #wait(context: CallContext, now: number): Promise<SlotMark> {
    const { maxQueue, maxWaitMs, clock } = this.#settings;
    const depth = this.#lanes.size;
    if (depth >= maxQueue) throw queueFull(context, depth);
    const leftMs = context.deadline === undefined ? Infinity : context.deadline - now;
    const boundMs = Math.min(leftMs, maxWaitMs);
    const tooLate = (): Error => (leftMs <= maxWaitMs ? pastDeadline(context, leftMs) : waitTooLong(context, this.#lanes.size, maxWaitMs));
    const waitMs = this.#estimate(now, context.priority) - now;
    if (waitMs > boundMs) throw tooLate();
    const leave = (call: WaitingCall): void => {
      this.#lanes.remove(call);
      this.#schedule(clock.now());
    };
    const call = waitingCall({ context, clock, boundMs, tooLate, leave });
    this.#lanes.add(call);
    context.emit({ type: "queued", depth: depth + 1, waitMs });
    this.#serve(now);
    return call.slot;
  }

  /** Grants what can be granted, then sets the timer for the rest. */
  #serve(now: number): void {
    while (this.#lanes.size > 0 && this.#capacity(now) > 0) this.#lanes.shift()?.grant(this.#window.take());
    this.#schedule(now);
  }

  /** The timer runs only while a caller waits, so it may well keep the process alive: that caller wants its answer. */
  #schedule(now: number): void {
    const at = this.#lanes.size > 0 ? this.#nextSlotAt(now) : undefined;
    if (at === this.#timer?.at) return;
    this.#timer?.cancel();
    this.#timer = undefined;
    if (at === undefined) return;
    const cancel = this.#settings.clock.after(Math.max(0, at - now), () => {
      this.#timer = undefined;
      this.#serve(this.#settings.clock.now());
    });
    this.#timer = { at, cancel };
  }

  #refuseAll(): void {
    for (let call = this.#lanes.shift(); call !== undefined; call = this.#lanes.shift()) {
      call.refuse(dayUsedUp(call.context, this.#daily.resetsAt));
    }
  }
}

function isTold(rate: RateState): boolean {
  return rate.limit !== undefined || rate.remaining !== undefined || rate.dailyRemaining !== undefined;
}
