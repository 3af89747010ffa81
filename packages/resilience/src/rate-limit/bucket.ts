import {
  abortedError,
  readRateState,
  readRetryAfter,
  type CallContext,
  type Priority,
  type WireResponse,
  type WireHeaders,
} from "@ghlkit/core";
import { Alarm } from "./alarm.ts";
import type { BucketSettings, BucketState } from "./bucket-state.ts";
import { DailyQuota } from "./daily-quota.ts";
import { InteractiveReserve } from "./interactive-reserve.ts";
import { Outstanding } from "./outstanding.ts";
import { OtherClients, type Standing, type Told } from "./other-clients.ts";
import { Outage } from "./outage.ts";
import { dayReserved, dayUsedUp, pastDeadline, unsentOrigin } from "./refusals.ts";
import type { OwnSlot, RateBucket, Slot, Trial } from "./slot.ts";
import { SlotWindow } from "./slot-window.ts";
import { Spending } from "./spending.ts";
import { Throttling } from "./throttling.ts";
import { isTold } from "./told-by.ts";
import { WaitingLine } from "./waiting-line.ts";

/** What an answer that was lost says. */
const unheard = { others: 0, remaining: undefined };

/** The calls of one principal in this process: who may go now, who waits, and for how long. */
export class Bucket implements RateBucket {
  readonly #settings: BucketSettings;
  readonly #window: SlotWindow;
  readonly #others = new OtherClients();
  readonly #daily: DailyQuota;
  readonly #line: WaitingLine;
  readonly #spending = new Spending();
  readonly #throttling = new Throttling();
  readonly #outage = new Outage();
  readonly #alarm: Alarm;
  readonly #outstanding = new Outstanding<OwnSlot>();
  #closedUntil = 0;
  #closedForMs = 0;
  readonly #reserve = new InteractiveReserve();
  /** After a surprise 429 one call goes ahead alone and learns what is left. */
  #trial: Trial | undefined;

  constructor(settings: BucketSettings) {
    this.#settings = settings;
    this.#window = new SlotWindow(settings.limit, settings.windowMs, settings.ceiling);
    this.#daily = new DailyQuota(settings.daily.limit);
    this.#line = new WaitingLine(settings, {
      changed: () => this.#schedule(settings.clock.now()),
      serve: () => this.#serve(settings.clock.now()),
    });
    this.#alarm = new Alarm(settings.clock, () => this.#serve(settings.clock.now()));
  }

  /** A slot at once, or a promise of one. */
  enter(context: CallContext, again: boolean): Slot | Promise<Slot> {
    const now = this.#settings.clock.now();
    if (context.signal?.aborted) throw abortedError(context.signal, unsentOrigin(context));
    if (context.deadline !== undefined && now >= context.deadline) throw pastDeadline(context, 0);
    this.#giveUpOverdue(now);
    this.#checkDay(context, now);
    // A person is told at once by the breaker, or is the first to find the host back.
    const isOut = this.#outage.leftMs(now) > 0 && !again && context.priority === "interactive";
    if (isOut && this.#window.free(now) > 0) return this.#take(context, now);
    if (this.#isNext(context.priority) && this.#mayGrant(now, context.priority)) return this.#take(context, now);
    const slot = this.#line.join(context, now, { waitMs: again ? 0 : this.#estimate(now, context.priority) - now, again });
    this.#serve(now);
    return slot;
  }

  hold(forMs: number): void {
    const now = this.#settings.clock.now();
    this.#outage.begin(now, forMs);
    this.#trial ??= { out: 0 };
    this.#schedule(now);
  }

  /** The call never left. */
  giveBack(slot: Slot): void {
    if (!this.#outstanding.end(slot as OwnSlot)) return;
    const { trial } = slot as OwnSlot;
    if (trial !== undefined) trial.out -= 1;
    const now = this.#settings.clock.now();
    this.#window.giveBack();
    this.#others.stayed();
    this.#daily.spend(now, -1);
    this.#serve(now);
  }

  /** The call left, and its answer was lost. */
  lost(slot: Slot): void {
    if (!this.#outstanding.end(slot as OwnSlot)) return;
    const now = this.#settings.clock.now();
    this.#settle(slot as OwnSlot, now, unheard);
    this.#serve(now);
  }

  /** The platform answered. */
  answered(slot: Slot, { status, headers }: WireResponse, context: CallContext): void {
    const now = this.#settings.clock.now();
    const rate = readRateState(headers);
    if (isTold(rate)) context.emit({ type: "rate", rate });
    // What a 429 leaves is told by its Retry-After and by the trial that follows.
    const others = this.#window.learn(now, (slot as OwnSlot).mark, status === 429 ? { ...rate, remaining: undefined } : rate);
    if (this.#outstanding.end(slot as OwnSlot)) this.#settle(slot as OwnSlot, now, { others, remaining: rate.remaining });
    this.#daily.learn(now, rate, this.#window.inFlight);
    this.#outage.end();
    if (status === 429) this.#throttle(now, headers, context);
    else this.#throttling.answered(now, context);
    if (status !== 429 && !this.#isShut(now)) this.#trial = undefined;
    this.#serve(now);
  }

  /** There is nobody to tell. */
  async flush(): Promise<void> {}

  /** Whether nothing would be lost by forgetting the bucket. */
  isIdle(): boolean {
    const now = this.#settings.clock.now();
    const free = this.#window.free(now) === this.#window.limit && this.#line.size === 0;
    const isCounting = this.#settings.daily.limit !== undefined && this.#daily.spent(now) > 0;
    return free && !this.#isClosed(now) && !isCounting;
  }

  state(): BucketState {
    const now = this.#settings.clock.now();
    const waitMs = (priority: Priority): number => this.#estimate(now, priority) - now;
    return {
      limit: this.#window.limit,
      windowMs: this.#window.windowMs,
      inFlight: this.#window.inFlight,
      free: this.#isClosed(now) ? 0 : Math.max(0, this.#window.free(now)),
      depth: this.#line.size,
      waiting: this.#line.sizes(),
      nextSlotAt: this.#nextSlotAt(now),
      estimatedWaitMs: { interactive: waitMs("interactive"), webhook: waitMs("webhook"), bulk: waitMs("bulk") },
      dailyRemaining: this.#daily.remaining(now),
      spentToday: this.#daily.spent(now),
      spentBy: this.#spending.counts(),
      source: "process",
    };
  }

  #take(context: CallContext, now: number, waitedMs = 0): OwnSlot {
    this.#daily.spend(now, 1);
    this.#spending.add(context);
    if (context.priority === "interactive") this.#reserve.granted(now, waitedMs, this.#window.windowMs);
    const departure = this.#others.went(now, this.#window);
    if (this.#trial !== undefined) this.#trial.out += 1;
    return this.#outstanding.add({ mark: this.#window.take(), departure, trial: this.#trial }, now, context.timeoutMs);
  }

  /** Takes the answers of calls for lost whose requests have ended. */
  #giveUpOverdue(now: number): void {
    for (const slot of this.#outstanding.overdue(now)) this.#settle(slot, now, unheard);
  }

  #settle({ departure, trial }: OwnSlot, now: number, told: Pick<Told, "others" | "remaining">): void {
    this.#window.settle(now);
    if (trial !== undefined) trial.out -= 1;
    const { windowMs, inFlight } = this.#window;
    this.#others.ended(now, departure, { ...told, windowMs, inFlight });
  }

  #checkDay(context: CallContext, now: number): void {
    const { reserve, whenUsedUp } = this.#settings.daily;
    if (whenUsedUp === "refuse" && this.#daily.isOver(now)) throw dayUsedUp(context, this.#daily.resetsAt(now));
    if (context.priority !== "interactive" && this.#isReserved(now)) throw dayReserved(context, reserve, this.#daily.resetsAt(now));
  }

  /** Whether what is left of the day is for `interactive` calls alone. */
  #isReserved(now: number): boolean {
    const { reserve } = this.#settings.daily;
    return reserve > 0 && (this.#daily.remaining(now) ?? Infinity) <= reserve;
  }

  /** Refuses those who wait for a day that has nothing left for them. */
  #refuseWhereDayIsOver(now: number): void {
    const { reserve, whenUsedUp } = this.#settings.daily;
    const resetsAt = this.#daily.resetsAt(now);
    if (whenUsedUp === "refuse" && this.#daily.isOver(now)) this.#line.refuse((waiting) => dayUsedUp(waiting, resetsAt));
    if (!this.#isReserved(now)) return;
    for (const lane of ["webhook", "bulk"] as const) this.#line.refuse((waiting) => dayReserved(waiting, reserve, resetsAt), lane);
  }

  #capacity(now: number): number {
    if (this.#isClosed(now)) return 0;
    const free = this.#others.allowance(now, this.#standing(now));
    return this.#trial === undefined ? free : Math.min(free, 1 - this.#trial.out);
  }

  /** Whether nobody waits in front: bulk work that leaves people their slots does not stand in their way. */
  #isNext(priority: Priority): boolean {
    return this.#line.size === 0 || (priority === "interactive" && this.#line.sizes().interactive === 0);
  }

  #mayGrant(now: number, priority: Priority): boolean {
    if (this.#capacity(now) <= 0) return false;
    return priority === "interactive" || (this.#window.free(now) > this.#kept(now) && !this.#isReserved(now));
  }

  /** Slots that only `interactive` calls may take. */
  #kept(now: number): number {
    return this.#reserve.kept(now, this.#window);
  }

  #isClosed(now: number): boolean {
    return this.#isShut(now) || this.#daily.usedUp(now);
  }

  /** Whether a 429 or an outage keeps the bucket shut; never for longer than it asked, should the clock be set back. */
  #isShut(now: number): boolean {
    this.#closedUntil = Math.min(this.#closedUntil, now + this.#closedForMs);
    return now < this.#closedUntil || this.#outage.leftMs(now) > 0;
  }

  #standing(now: number): Standing {
    const { limit, windowMs, inFlight } = this.#window;
    return { limit, windowMs, inFlight, free: this.#window.free(now), freeAt: (slots) => this.#window.freeAt(now, slots) };
  }

  #nextSlotAt(now: number): number | undefined {
    if (this.#trial !== undefined && this.#trial.out > 0 && !this.#isShut(now)) return undefined;
    const free = this.#others.nextAt(now, this.#standing(now));
    if (free === undefined) return undefined;
    return Math.max(free, this.#closedUntil, now + this.#outage.leftMs(now), this.#daily.blockedUntil(now));
  }

  /** When a waiting call can be served: slots that are kept do not count until fewer are. */
  #nextGrantAt(now: number): number | undefined {
    const next = this.#nextSlotAt(now);
    const kept = this.#line.sizes().interactive > 0 ? 0 : this.#kept(now);
    if (next === undefined || kept === 0) return next;
    const enough = this.#window.freeAt(now, kept + 1) ?? Infinity;
    return Math.max(next, Math.min(enough, this.#reserve.lessAt(now, this.#window.windowMs)));
  }

  #estimate(now: number, priority: Priority): number {
    return Math.max(this.#closedUntil, this.#window.estimate(now, this.#line.ahead(priority) + 1));
  }

  #throttle(now: number, headers: WireHeaders, context: CallContext): void {
    const daily = this.#daily.usedUp(now);
    const retryAfterMs = readRetryAfter(headers, now) ?? this.#window.windowMs;
    this.#shut(now, retryAfterMs);
    this.#throttling.refused(now, retryAfterMs, context, daily);
  }

  /** Nobody goes for so long, then one call goes ahead alone. Calls under way already are no part of that. */
  #shut(now: number, forMs: number): void {
    this.#closedForMs = Math.max(forMs, this.#closedUntil - now);
    this.#closedUntil = now + this.#closedForMs;
    this.#trial = { out: 0 };
  }

  /** Grants what can be granted, then sets the timer for the rest. */
  #serve(now: number): void {
    this.#giveUpOverdue(now);
    this.#refuseWhereDayIsOver(now);
    while (this.#line.size > 0 && this.#mayGrant(now, this.#line.sizes().interactive > 0 ? "interactive" : "bulk")) {
      const call = this.#line.shift();
      call?.grant(this.#take(call.context, now, now - call.since));
    }
    this.#schedule(now);
  }

  #schedule(now: number): void {
    this.#alarm.setAt(this.#line.size > 0 ? (this.#nextGrantAt(now) ?? Infinity) : Infinity);
  }
}
