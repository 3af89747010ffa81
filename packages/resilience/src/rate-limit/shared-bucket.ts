import {
  abortedError,
  isolatesRequests,
  readRateState,
  readRetryAfter,
  type CallContext,
  type CallEvent,
  type Priority,
  type WireResponse,
} from "@ghlkit/core";
import type { RateGrant, RateTold } from "@ghlkit/storage";
import { Alarm } from "./alarm.ts";
import type { BucketState } from "./bucket-state.ts";
import { FallbackShare } from "./fallback-share.ts";
import { Outstanding } from "./outstanding.ts";
import { Outage } from "./outage.ts";
import { pastDeadline, unsentOrigin } from "./refusals.ts";
import { Scouts } from "./scouts.ts";
import { SharedDay, type DayWish } from "./shared-day.ts";
import { gatherMs, pollMs, type SharedSettings } from "./shared-settings.ts";
import { SharedStore, type SharedAnswer } from "./shared-store.ts";
import type { RateBucket, SharedSlot, Slot, Trial } from "./slot.ts";
import { SlotReports } from "./slot-reports.ts";
import { Spending } from "./spending.ts";
import { Throttling } from "./throttling.ts";
import type { WaitingCall } from "./waiting-call.ts";
import { isTold, toldBy } from "./told-by.ts";
import { WaitingLine } from "./waiting-line.ts";

/** Reservation under which slots are reported that were spent without the store: it holds them for a window. */
const withoutStore = "without-the-store";

const nothing: DayWish = { count: 0, urgent: 0, keepDaily: 0, only: undefined };

/**
 * The calls of one principal that share their slots with other processes. Who waits, waits here, so that lanes stay in order;
 * the store is asked for as many slots as are wanted at once, and told in the same question what became of earlier ones.
 */
export class SharedBucket implements RateBucket {
  readonly #settings: SharedSettings;
  readonly #store: SharedStore;
  readonly #line: WaitingLine;
  readonly #reports = new SlotReports();
  readonly #spending = new Spending();
  readonly #throttling = new Throttling();
  readonly #outage = new Outage();
  readonly #alarm: Alarm;
  readonly #scouts = new Scouts();
  readonly #outstanding = new Outstanding<SharedSlot>();
  /** After an outage one call of this process goes ahead alone. */
  #trial: Trial | undefined;
  readonly #day: SharedDay;
  #status: RateGrant | undefined;
  #statusAt = 0;
  #fallback: FallbackShare | undefined;
  #inFlight = 0;
  #question: { readonly askedAt: number } | undefined;
  #asked: Promise<void> = Promise.resolve();
  #askAt = 0;
  #reportAt = Infinity;
  #emit: (event: CallEvent) => void = () => {};

  constructor(settings: SharedSettings, bucket: string) {
    this.#settings = settings;
    this.#store = new SharedStore(settings, bucket);
    this.#day = new SharedDay(settings.daily);
    this.#line = new WaitingLine(settings, { changed: () => this.#schedule(), serve: () => this.#pump() });
    this.#alarm = new Alarm(settings.clock, () => this.#pump());
  }

  enter(context: CallContext, again: boolean): Promise<Slot> {
    const now = this.#now();
    if (context.signal?.aborted) throw abortedError(context.signal, unsentOrigin(context));
    if (context.deadline !== undefined && now >= context.deadline) throw pastDeadline(context, 0);
    this.#day.check(context, now);
    if (!again) this.#outage.check(context, now);
    this.#emit = context.emit;
    const slot = this.#line.join(context, now, { waitMs: again ? 0 : this.#estimate(now, context.priority) - now, again });
    // Calls made in one go are asked for in one go.
    queueMicrotask(() => this.#pump());
    return slot;
  }

  hold(forMs: number): void {
    this.#outage.begin(this.#now(), forMs);
    this.#trial ??= { out: 0 };
    this.#schedule();
  }

  giveBack(slot: Slot): void {
    if (!this.#outstanding.end(slot as SharedSlot)) return;
    this.#left(slot as SharedSlot);
    this.#scouts.stayed();
    const { reservation } = slot as SharedSlot;
    if (reservation !== undefined) this.#report({ reservation, unsent: 1 }, true);
    else this.#fallback?.giveBack();
    this.#pump();
  }

  lost(slot: Slot): void {
    this.#settle(slot as SharedSlot, {});
  }

  answered(slot: Slot, { status, headers }: WireResponse, context: CallContext): void {
    const now = this.#now();
    const rate = readRateState(headers);
    this.#outage.end();
    this.#trial = undefined;
    if (isTold(rate)) context.emit({ type: "rate", rate });
    if (status !== 429) {
      this.#throttling.answered(now, context);
      return this.#settle(slot as SharedSlot, { told: toldBy(rate, now) });
    }
    const retryAfterMs = readRetryAfter(headers, now) ?? this.#windowMs();
    this.#fallback?.closeUntil(now + retryAfterMs);
    this.#throttling.refused(now, retryAfterMs, context, rate.dailyRemaining === 0);
    // What a 429 leaves is told by its Retry-After and by the trial that follows.
    this.#settle(slot as SharedSlot, { told: toldBy({ ...rate, remaining: undefined }, now), refusedForMs: Math.trunc(retryAfterMs) });
  }

  async flush(): Promise<void> {
    while (this.#isAsking(this.#now()) || (this.#reports.size > 0 && this.#fallback === undefined)) {
      // Another request asks, and may end before it is answered.
      if (isolatesRequests() && this.#isAsking(this.#now())) return;
      if (!this.#isAsking(this.#now())) {
        this.#reportAt = 0;
        this.#pump();
      }
      // A question that is under way may have taken the reports along: whoever asked for another one now would never end.
      await this.#asked;
    }
  }

  isIdle(): boolean {
    return this.#line.size + this.#reports.size + this.#inFlight === 0 && !this.#isAsking(this.#now()) && this.#fallback === undefined;
  }

  state(): BucketState {
    const now = this.#now();
    const status = this.#status;
    const waitMs = (priority: Priority): number => this.#estimate(now, priority) - now;
    const free = this.#fallback === undefined ? (status?.free ?? this.#settings.limit) : this.#fallback.free(now);
    return {
      limit: this.#fallback === undefined ? this.#limit() : this.#settings.fallbackLimit,
      windowMs: this.#windowMs(),
      inFlight: status?.inFlight ?? this.#inFlight,
      free: Math.max(0, free),
      depth: this.#line.size,
      waiting: this.#line.sizes(),
      nextSlotAt: free > 0 ? now : this.#nextSlotAt(now),
      estimatedWaitMs: { interactive: waitMs("interactive"), webhook: waitMs("webhook"), bulk: waitMs("bulk") },
      dailyRemaining: status?.leftToday,
      spentToday: status?.spentToday ?? 0,
      spentBy: this.#spending.counts(),
      source: this.#fallback === undefined ? "shared" : "fallback",
    };
  }

  #now(): number {
    return this.#settings.clock.now();
  }

  #limit(): number {
    return this.#status?.limit ?? Math.min(this.#settings.limit, this.#settings.ceiling);
  }

  #windowMs(): number {
    return this.#status?.windowMs ?? this.#settings.windowMs;
  }

  #nextSlotAt(now: number): number | undefined {
    if (this.#fallback !== undefined) return this.#fallback.nextFreeAt(now);
    return this.#status?.retryAfterMs === undefined ? undefined : Math.max(now, this.#statusAt + this.#status.retryAfterMs);
  }

  #estimate(now: number, priority: Priority): number {
    const place = this.#line.ahead(priority) - (this.#status?.free ?? this.#limit());
    if (place < 0) return now;
    return (this.#nextSlotAt(now) ?? now) + Math.floor(place / this.#limit()) * this.#windowMs();
  }

  #settle(slot: SharedSlot, more: { readonly told?: RateTold; readonly refusedForMs?: number }): void {
    if (!this.#outstanding.end(slot)) return;
    this.#conclude(slot, more);
    this.#pump();
  }

  #conclude(slot: SharedSlot, more: { readonly told?: RateTold; readonly refusedForMs?: number }): void {
    const { reservation } = slot;
    this.#left(slot);
    this.#scouts.heard(this.#now());
    if (reservation === undefined && this.#fallback !== undefined) this.#fallback.settle(this.#now());
    // Where requests are isolated there may be no later request that could report it.
    else this.#report({ reservation: reservation ?? withoutStore, answered: 1, ...more }, isolatesRequests());
  }

  /** Whether a question is under way; never for longer than one can take, should the request that asked have ended. */
  #isAsking(now: number): boolean {
    if (this.#question === undefined) return false;
    return !isolatesRequests() || now - this.#question.askedAt <= this.#settings.storeTimeoutMs * 2;
  }

  #report(report: Parameters<SlotReports["add"]>[0], atOnce: boolean): void {
    this.#reports.add(report);
    const at = atOnce ? 0 : this.#now() + gatherMs(this.#windowMs());
    this.#reportAt = Math.min(this.#reportAt, at);
  }

  /** Asks when there is something to ask or to tell, then serves; one question at a time. */
  #pump(): void {
    const now = this.#now();
    for (const slot of this.#outstanding.overdue(now)) this.#conclude(slot, {});
    if (this.#fallback !== undefined) this.#serveFallback(now, this.#fallback);
    const due = now >= this.#dueAt(now);
    const isWanted = this.#isWanted();
    const mayReport = this.#fallback === undefined ? now >= this.#reportAt : false;
    if (this.#isAsking(now) || !((due && isWanted) || mayReport || (due && this.#fallback !== undefined))) return this.#schedule();
    const question = { askedAt: now };
    this.#question = question;
    const wish = due && this.#fallback === undefined ? this.#wish(now) : nothing;
    this.#reportAt = Infinity;
    this.#asked = this.#store.ask({ ...wish, reports: this.#reports.take() }).then((answer) => {
      if (this.#question === question) this.#question = undefined;
      this.#hear(answer, wish, now);
      this.#pump();
    });
  }

  #isWanted(): boolean {
    return this.#line.size > 0 && this.#mostAtOnce(this.#now()) > 0;
  }

  /** How many calls may go now: after an outage one alone, after a silence a few, else as many as there are slots. */
  #mostAtOnce(now: number): number {
    const scouts = this.#scouts.allowance(now, this.#limit(), this.#windowMs());
    return this.#trial === undefined ? scouts : Math.min(scouts, 1 - this.#trial.out);
  }

  /** Notes that a call goes, and what it has to remember. */
  #grant(call: WaitingCall, reservation: string | undefined): void {
    this.#inFlight += 1;
    if (this.#trial !== undefined) this.#trial.out += 1;
    this.#scouts.went(this.#now(), this.#windowMs());
    this.#spending.add(call.context);
    call.grant(this.#outstanding.add({ reservation, trial: this.#trial }, this.#now(), call.context.timeoutMs));
  }

  #left({ trial }: SharedSlot): void {
    this.#inFlight -= 1;
    if (trial !== undefined) trial.out -= 1;
  }

  #wish(now: number): DayWish {
    const wish = this.#day.wish(this.#line, now, this.#limit());
    const count = Math.max(0, Math.min(wish.count, this.#mostAtOnce(now)));
    return { ...wish, count, urgent: Math.min(wish.urgent, count) };
  }

  /** When the store may be asked for slots. */
  #dueAt(now: number): number {
    // A clock that was set back must not make anybody wait longer than the longest wait there is.
    this.#askAt = Math.min(this.#askAt, now + this.#windowMs() * 2);
    return Math.max(this.#askAt, now + this.#outage.leftMs(now));
  }

  #hear(answer: SharedAnswer, { count, only }: DayWish, askedAt: number): void {
    const now = this.#now();
    if ("reason" in answer) return this.#storeFailed(answer, now);
    const { grant, reservation } = answer;
    this.#status = grant;
    this.#statusAt = now;
    this.#day.hear(grant, now);
    if (this.#fallback !== undefined) this.#storeRecovered(this.#fallback, now);
    const tooOld = now - askedAt > this.#settings.leaseMs / 2;
    let used = 0;
    while (!tooOld && used < grant.granted) {
      const call = this.#line.shift(only);
      if (call === undefined) break;
      used += 1;
      this.#grant(call, reservation);
    }
    if (used < grant.granted) this.#report({ reservation, unsent: grant.granted - used }, true);
    const fresh = grant.free > 0 && !(count > 0 && grant.granted === 0);
    this.#askAt = fresh ? now : now + Math.max(pollMs(this.#windowMs()), grant.retryAfterMs ?? this.#windowMs() / 20);
    this.#day.refuse(this.#line, now);
  }

  #storeFailed({ reason, unsure }: Extract<SharedAnswer, { readonly reason: string }>, now: number): void {
    for (const report of unsure) this.#reports.add(report);
    this.#reportAt = now;
    this.#askAt = now + Math.min(1000, this.#windowMs() / 10);
    if (this.#fallback !== undefined) return;
    const limit = Math.min(this.#settings.fallbackLimit, this.#limit());
    this.#fallback = new FallbackShare(now, limit, this.#windowMs());
    this.#emit({ type: "store_unavailable", reason, limit });
  }

  #storeRecovered(fallback: FallbackShare, now: number): void {
    this.#fallback = undefined;
    const answered = fallback.spent(now);
    if (answered > 0) this.#report({ reservation: withoutStore, answered }, true);
    this.#emit({ type: "store_recovered", downMs: now - fallback.since });
  }

  #serveFallback(now: number, fallback: FallbackShare): void {
    while (this.#isWanted() && fallback.free(now) > 0 && this.#outage.leftMs(now) === 0) {
      const call = this.#line.shift();
      if (call === undefined) return;
      fallback.take();
      this.#grant(call, undefined);
    }
  }

  /** When to ask for slots; never by a timer while that waits for an answer. */
  #askNextAt(now: number): number {
    if (this.#isWanted()) return this.#dueAt(now);
    const waitsForScouts = this.#line.size > 0 && this.#scouts.allowance(now, this.#limit(), this.#windowMs()) === 0;
    return waitsForScouts ? Math.max(now + 1, this.#scouts.nextAt(now, this.#windowMs())) : Infinity;
  }

  #fallbackAt(now: number, fallback: FallbackShare): number {
    return Math.max(fallback.nextFreeAt(now) ?? Infinity, now + this.#outage.leftMs(now));
  }

  /** The timer runs only while somebody waits, or something is to be told to a store that can be reached. */
  #schedule(): void {
    const now = this.#now();
    const at = Math.min(
      this.#askNextAt(now),
      this.#fallback === undefined ? this.#reportAt : Infinity,
      this.#isWanted() && this.#fallback !== undefined ? this.#fallbackAt(now, this.#fallback) : Infinity,
    );
    if (!this.#isAsking(now)) this.#alarm.setAt(at);
  }
}
