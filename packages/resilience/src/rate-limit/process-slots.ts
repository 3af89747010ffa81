import type { CallContext, Priority } from "@ghlkit/core";
import { OtherClients, UrgentSlots, type Departure, type StandingAhead } from "@ghlkit/storage";
import type { BucketSettings } from "./bucket-state.ts";
import { DailyQuota } from "./daily-quota.ts";
import { mostKept } from "./most-kept.ts";
import { PilotCalls } from "./pilot-calls.ts";
import { dayReserved, dayUsedUp } from "./refusals.ts";
import { SlotWindow, type SlotMark } from "./slot-window.ts";
import type { Learned, Refusal, ServedBucket, SlotSource, SourceState } from "./slot-source.ts";

/** Windows without an answer after which pilots go first; as long as {@link OtherClients} take for a silence. */
const silence = 0.5;

/** An `interactive` call that waited for less than this part of a window found its slot kept, or about to come free. */
const prompt = 0.02;

/** What is remembered of a slot of this process. */
export interface ProcessGrant {
  readonly mark: SlotMark;
  readonly departure: Departure;
}

/** The slots of a bucket that no other process shares. */
export class ProcessSlots implements SlotSource<ProcessGrant> {
  readonly isRemote = false;
  readonly #bucket: ServedBucket<ProcessGrant>;
  readonly #settings: BucketSettings;
  readonly #window: SlotWindow;
  readonly #others = new OtherClients();
  readonly #pilots = new PilotCalls();
  readonly #urgent = new UrgentSlots();
  readonly #daily: DailyQuota;
  #closedUntil = 0;
  #closedForMs = 0;

  constructor(settings: BucketSettings, bucket: ServedBucket<ProcessGrant>) {
    this.#settings = settings;
    this.#bucket = bucket;
    this.#window = new SlotWindow(settings.limit, settings.windowMs, settings.ceiling);
    this.#daily = new DailyQuota(settings.daily.limit);
  }

  get windowMs(): number {
    return this.#window.windowMs;
  }

  checkDay(context: CallContext, now: number): void {
    const { reserve, whenUsedUp } = this.#settings.daily;
    if (whenUsedUp === "refuse" && this.#daily.isOver(now)) throw dayUsedUp(context, this.#daily.resetsAt(now));
    if (context.priority !== "interactive" && this.#isReserved(now)) throw dayReserved(context, reserve, this.#daily.resetsAt(now));
  }

  take(priority: Priority, now: number): ProcessGrant | undefined {
    return this.#mayGrant(now, priority) ? this.#take(priority, now, 0) : undefined;
  }

  takeInOutage(_context: CallContext, now: number): ProcessGrant | undefined {
    return this.#window.free(now) > 0 ? this.#take("interactive", now, 0) : undefined;
  }

  estimate(now: number, ahead: number): number {
    return Math.max(this.#closedUntil, this.#window.estimate(now, ahead + 1));
  }

  serve(now: number): void {
    if (this.#bucket.depth === 0) return;
    const { line } = this.#bucket;
    this.#refuseWhereDayIsOver(now);
    while (line.size > 0 && this.#mayGrant(now, line.sizes().interactive > 0 ? "interactive" : "bulk")) {
      const call = line.shift();
      if (call !== undefined) this.#bucket.grant(call, this.#take(call.priority, now, now - call.since));
    }
  }

  /** Slots that are kept do not count until fewer are. */
  serveAt(now: number): number {
    if (this.#bucket.depth === 0) return Infinity;
    const { line } = this.#bucket;
    const next = this.#nextSlotAt(now) ?? Infinity;
    const kept = line.sizes().interactive > 0 ? 0 : this.#kept(now);
    if (next === Infinity || kept === 0) return next;
    const enough = this.#window.freeAt(now, kept + 1) ?? Infinity;
    return Math.max(next, Math.min(enough, this.#urgent.lessAt(now, this.#window.windowMs)));
  }

  giveBack(_grant: ProcessGrant, now: number): void {
    this.#window.giveBack();
    this.#others.stayed();
    this.#pilots.stayed();
    this.#daily.spend(now, -1);
  }

  lost({ departure }: ProcessGrant, now: number): void {
    this.#settle(departure, { others: 0, remaining: undefined }, now);
  }

  answered({ mark, departure }: ProcessGrant, { rate, isRefused, isOutstanding }: Learned, now: number): void {
    // What a 429 leaves is said by its Retry-After and by the trial that follows.
    const others = this.#window.learn(now, mark, isRefused ? { ...rate, remaining: undefined } : rate);
    if (isOutstanding) this.#settle(departure, { others, remaining: rate.remaining }, now);
    this.#daily.learn(now, rate, this.#window.inFlight);
  }

  /** No call goes for so long, then one goes ahead alone. Calls under way already are no part of that. */
  refused(_grant: ProcessGrant, { retryAfterMs }: { readonly retryAfterMs: number }, now: number): Refusal {
    this.#closedForMs = Math.max(retryAfterMs, this.#closedUntil - now);
    this.#closedUntil = now + this.#closedForMs;
    return { isDaily: this.#daily.usedUp(now), goesAlone: true };
  }

  /** Whether a 429 or an outage keeps the bucket shut; never for longer than it asked, should the clock be set back. */
  isShut(now: number): boolean {
    this.#closedUntil = Math.min(this.#closedUntil, now + this.#closedForMs);
    return now < this.#closedUntil || this.#bucket.outageLeftMs(now) > 0;
  }

  isIdle(now: number): boolean {
    const isCounting = this.#settings.daily.limit !== undefined && this.#daily.spent(now) > 0;
    return this.#window.free(now) === this.#window.limit && !this.#isClosed(now) && !isCounting;
  }

  state(now: number): SourceState {
    const { limit, windowMs, inFlight } = this.#window;
    return {
      limit,
      windowMs,
      inFlight,
      free: this.#isClosed(now) ? 0 : Math.max(0, this.#window.free(now)),
      nextSlotAt: this.#nextSlotAt(now),
      dailyRemaining: this.#daily.remaining(now),
      dailyResetsAt: this.#daily.resetsAt(now),
      spentToday: this.#daily.spent(now),
      source: "process",
    };
  }

  /** There is no one to report to. */
  async flush(): Promise<void> {}

  #take(priority: Priority, now: number, waitedMs: number): ProcessGrant {
    const { windowMs, inFlight } = this.#window;
    this.#daily.spend(now, 1);
    if (priority === "interactive") this.#urgent.granted(now, windowMs, { inTime: waitedMs <= windowMs * prompt ? 1 : 0 });
    const departure = this.#others.went(now, { inFlight });
    this.#pilots.went(now, windowMs * silence);
    return { mark: this.#window.take(), departure };
  }

  #settle(departure: Departure, shown: { readonly others: number; readonly remaining: number | undefined }, now: number): void {
    this.#window.settle(now);
    const { windowMs, inFlight } = this.#window;
    this.#others.ended(now, departure, { ...shown, windowMs, inFlight });
    this.#pilots.answered(now);
  }

  /** Whether what is left of the day is for `interactive` calls alone. */
  #isReserved(now: number): boolean {
    const { reserve } = this.#settings.daily;
    return reserve > 0 && (this.#daily.remaining(now) ?? Infinity) <= reserve;
  }

  /** Refuses those who wait for a day that has nothing left for them. */
  #refuseWhereDayIsOver(now: number): void {
    const { line } = this.#bucket;
    const { reserve, whenUsedUp } = this.#settings.daily;
    const resetsAt = this.#daily.resetsAt(now);
    if (whenUsedUp === "refuse" && this.#daily.isOver(now)) line.refuse((waiting) => dayUsedUp(waiting, resetsAt));
    if (!this.#isReserved(now)) return;
    for (const lane of ["webhook", "bulk"] as const) line.refuse((waiting) => dayReserved(waiting, reserve, resetsAt), lane);
  }

  #mayGrant(now: number, priority: Priority): boolean {
    if (this.#capacity(now) <= 0) return false;
    return priority === "interactive" || (this.#window.free(now) > this.#kept(now) && !this.#isReserved(now));
  }

  #capacity(now: number): number {
    if (this.#isClosed(now)) return 0;
    return Math.min(this.#others.allowance(now, this.#standing(now)), this.#bucket.alone());
  }

  /** Slots that only `interactive` calls may take. */
  #kept(now: number): number {
    return this.#urgent.kept(now, this.#window.windowMs, mostKept(this.#window.limit));
  }

  #isClosed(now: number): boolean {
    return this.isShut(now) || this.#daily.usedUp(now);
  }

  #standing(now: number): StandingAhead {
    const { limit, windowMs, inFlight } = this.#window;
    const most = this.#others.areSeen(now, windowMs) ? 1 : Infinity;
    return {
      windowMs,
      inFlight,
      free: this.#window.free(now),
      freeAt: (slots) => this.#window.freeAt(now, slots),
      pilots: this.#pilots.allowance(now, windowMs * silence, { limit, most }),
      pilotsAt: this.#pilots.nextAt(now, windowMs * silence),
    };
  }

  #nextSlotAt(now: number): number | undefined {
    if (this.#bucket.alone() <= 0 && !this.isShut(now)) return undefined;
    const free = this.#others.nextAt(now, this.#standing(now));
    if (free === undefined) return undefined;
    return Math.max(free, this.#closedUntil, now + this.#bucket.outageLeftMs(now), this.#daily.blockedUntil(now));
  }
}
