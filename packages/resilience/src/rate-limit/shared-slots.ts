import { isolatesRequests, type CallContext, type Priority, type RateState } from "@ghlkit/core";
import type { RateGrant, ReportedRate } from "@ghlkit/storage";
import { FallbackShare } from "./fallback-share.ts";
import { PilotCalls } from "./pilot-calls.ts";
import { rateReport } from "./rate-report.ts";
import { SharedDay, type DayRequest } from "./shared-day.ts";
import { gatherMs, pollMs, type SharedSettings } from "./shared-settings.ts";
import { SharedStore, type SharedAnswer } from "./shared-store.ts";
import type { Learned, Refusal, ServedBucket, SlotSource, SourceState } from "./slot-source.ts";
import { SlotReports } from "./slot-reports.ts";

/** Reservation under which slots are reported that were spent without the store: it holds them for a window. */
const withoutStore = "without-the-store";

/** Windows without an answer after which pilots go first. Work that fills every window is answered in each, and is not held up. */
const silence = 1.25;

const nothing: DayRequest = { count: 0, urgent: 0, keepDaily: 0, only: undefined };

/** What is remembered of a slot of a shared window. */
export interface SharedGrant {
  /** `undefined` for a slot granted while the shared window could not be reached. */
  readonly reservation: string | undefined;
}

/**
 * Slots that this process shares with others. Who waits, waits in the bucket, so that lanes stay in order; the store is asked for as many
 * slots as are wanted at once, and the same question reports what became of earlier ones.
 */
export class SharedSlots implements SlotSource<SharedGrant> {
  readonly isRemote = true;
  readonly #settings: SharedSettings;
  readonly #bucket: ServedBucket<SharedGrant>;
  readonly #store: SharedStore;
  readonly #day: SharedDay;
  readonly #reports = new SlotReports();
  readonly #pilots = new PilotCalls();
  #status: RateGrant | undefined;
  #statusAt = 0;
  #fallback: FallbackShare | undefined;
  #inFlight = 0;
  #question: { readonly askedAt: number } | undefined;
  #lastQuestion: Promise<void> = Promise.resolve();
  #askAt = 0;
  #reportAt = Infinity;

  constructor(settings: SharedSettings, name: string, bucket: ServedBucket<SharedGrant>) {
    this.#settings = settings;
    this.#bucket = bucket;
    this.#store = new SharedStore(settings, name);
    this.#day = new SharedDay(settings.daily);
  }

  get windowMs(): number {
    return this.#status?.windowMs ?? this.#settings.windowMs;
  }

  checkDay(context: CallContext, now: number): void {
    this.#day.check(context, now);
  }

  /** Slots have to be asked for. */
  take(): undefined {
    return undefined;
  }

  takeInOutage(context: CallContext, now: number): undefined {
    this.#bucket.checkOutage(context, now);
    return undefined;
  }

  estimate(now: number, ahead: number): number {
    const place = ahead - (this.#status?.free ?? this.#limit());
    if (place < 0) return now;
    return (this.#nextSlotAt(now) ?? now) + Math.floor(place / this.#limit()) * this.windowMs;
  }

  /** Asks when there is something to ask for or to report; one question at a time. */
  serve(now: number): void {
    if (this.#fallback !== undefined) this.#serveFallback(now, this.#fallback);
    const isDue = now >= this.#dueAt(now);
    const mayReport = this.#fallback === undefined && now >= this.#reportAt;
    if (this.#isAsking(now) || !((isDue && (this.#isWanted(now) || this.#fallback !== undefined)) || mayReport)) return;
    const question = { askedAt: now };
    this.#question = question;
    const request = isDue && this.#fallback === undefined ? this.#request(now) : nothing;
    this.#reportAt = Infinity;
    this.#lastQuestion = this.#store.ask({ ...request, reports: this.#reports.take() }).then((answer) => {
      if (this.#question === question) this.#question = undefined;
      this.#accept(answer, request, now);
      this.#bucket.serve();
    });
  }

  /** While a question is under way its answer is what serves. The timer runs only for those who wait, and for reports to a store that can be reached. */
  serveAt(now: number): number {
    if (this.#isAsking(now)) return Infinity;
    if (this.#fallback === undefined) return Math.min(this.#askNextAt(now), this.#reportAt);
    return this.#isWanted(now) ? Math.min(this.#askNextAt(now), this.#fallbackAt(now, this.#fallback)) : this.#askNextAt(now);
  }

  giveBack({ reservation }: SharedGrant): void {
    this.#inFlight -= 1;
    this.#pilots.stayed();
    if (reservation !== undefined) this.#report({ reservation, unsent: 1 }, true);
    else this.#fallback?.giveBack();
  }

  lost(grant: SharedGrant, now: number): void {
    this.#settle(grant, {}, now);
  }

  answered(grant: SharedGrant, { rate, isRefused, isOutstanding }: Learned, now: number): void {
    // What a 429 leaves is said by its Retry-After and by the trial that follows.
    if (isOutstanding) this.#settle(grant, { rate: rateReport(isRefused ? { ...rate, remaining: undefined } : rate, now) }, now);
  }

  /** The store closes the bucket for all processes, and lets one call go ahead afterwards. */
  refused(
    { reservation = withoutStore }: SharedGrant,
    { rate, retryAfterMs }: { readonly rate: RateState; readonly retryAfterMs: number },
    now: number,
  ): Refusal {
    this.#fallback?.closeUntil(now + retryAfterMs);
    if (this.#fallback === undefined || reservation !== withoutStore)
      this.#reports.add({ reservation, refusedForMs: Math.trunc(retryAfterMs) });
    return { isDaily: rate.dailyRemaining === 0, goesAlone: false };
  }

  isShut(): boolean {
    return false;
  }

  isIdle(now: number): boolean {
    return this.#reports.size + this.#inFlight === 0 && !this.#isAsking(now) && this.#fallback === undefined;
  }

  state(now: number): SourceState {
    const { windowMs } = this;
    const status = this.#status;
    const fallback = this.#fallback;
    const free = fallback === undefined ? (status?.free ?? this.#settings.limit) : fallback.free(now);
    return {
      limit: fallback === undefined ? this.#limit() : this.#settings.fallbackLimit,
      windowMs,
      inFlight: status?.inFlight ?? this.#inFlight,
      free: Math.max(0, free),
      nextSlotAt: free > 0 ? now : this.#nextSlotAt(now),
      dailyRemaining: status?.leftToday,
      dailyResetsAt: this.#day.resetsAt(),
      spentToday: status?.spentToday ?? 0,
      source: fallback === undefined ? "shared" : "fallback",
    };
  }

  async flush(): Promise<void> {
    while (this.#isAsking(this.#now()) || (this.#reports.size > 0 && this.#fallback === undefined)) {
      // Another request asks, and may end before it is answered.
      if (isolatesRequests() && this.#isAsking(this.#now())) return;
      if (!this.#isAsking(this.#now())) {
        this.#reportAt = 0;
        this.#bucket.serve();
      }
      // A question that is under way may have taken the reports along: asking for another one now would never end.
      await this.#lastQuestion;
    }
  }

  #now(): number {
    return this.#settings.clock.now();
  }

  #limit(): number {
    return this.#status?.limit ?? Math.min(this.#settings.limit, this.#settings.ceiling);
  }

  #nextSlotAt(now: number): number | undefined {
    if (this.#fallback !== undefined) return this.#fallback.nextFreeAt(now);
    return this.#status?.retryAfterMs === undefined ? undefined : Math.max(now, this.#statusAt + this.#status.retryAfterMs);
  }

  #settle({ reservation }: SharedGrant, more: { readonly rate?: ReportedRate }, now: number): void {
    this.#inFlight -= 1;
    this.#pilots.answered(now);
    if (reservation === undefined && this.#fallback !== undefined) this.#fallback.settle(now);
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
    const at = atOnce ? 0 : this.#now() + gatherMs(this.windowMs);
    this.#reportAt = Math.min(this.#reportAt, at);
  }

  #isWanted(now: number): boolean {
    return this.#bucket.depth > 0 && this.#mostAtOnce(now) > 0;
  }

  /** How many calls may go now: after an outage one alone, after a silence a few, else as many as there are slots. */
  #mostAtOnce(now: number): number {
    return Math.min(this.#pilots.allowance(now, this.windowMs * silence, { limit: this.#limit() }), this.#bucket.alone());
  }

  /** A waiting call gets its slot. Returns whether there was one. */
  #grantNext(reservation: string | undefined, only?: Priority): boolean {
    const call = this.#bucket.line.shift(only);
    if (call === undefined) return false;
    this.#inFlight += 1;
    this.#pilots.went(this.#now(), this.windowMs * silence);
    this.#bucket.grant(call, { reservation });
    return true;
  }

  #request(now: number): DayRequest {
    const request = this.#day.request(this.#bucket.line, now, this.#limit());
    const count = Math.max(0, Math.min(request.count, this.#mostAtOnce(now)));
    return { ...request, count, urgent: Math.min(request.urgent, count) };
  }

  /** When the store may be asked for slots. */
  #dueAt(now: number): number {
    // A clock that was set back must not make a call wait longer than the longest wait there is.
    this.#askAt = Math.min(this.#askAt, now + this.windowMs * 2);
    return Math.max(this.#askAt, now + this.#bucket.outageLeftMs(now));
  }

  #accept(answer: SharedAnswer, { count, only }: DayRequest, askedAt: number): void {
    const now = this.#now();
    if ("reason" in answer) return this.#storeFailed(answer, now);
    const { grant, reservation } = answer;
    this.#status = grant;
    this.#statusAt = now;
    this.#day.learn(grant, now);
    if (this.#fallback !== undefined) this.#storeRecovered(this.#fallback, now);
    const isTooOld = now - askedAt > this.#settings.leaseMs / 2;
    let used = 0;
    while (!isTooOld && used < grant.granted && this.#grantNext(reservation, only)) used += 1;
    if (used < grant.granted) this.#report({ reservation, unsent: grant.granted - used }, true);
    const isFresh = grant.free > 0 && !(count > 0 && grant.granted === 0);
    this.#askAt = isFresh ? now : now + Math.max(pollMs(this.windowMs), grant.retryAfterMs ?? this.windowMs / 20);
    this.#day.refuse(this.#bucket.line, now);
  }

  #storeFailed({ reason, unsure }: Extract<SharedAnswer, { readonly reason: string }>, now: number): void {
    for (const report of unsure) this.#reports.add(report);
    this.#reportAt = now;
    this.#askAt = now + Math.min(1000, this.windowMs / 10);
    if (this.#fallback !== undefined) return;
    const limit = Math.min(this.#settings.fallbackLimit, this.#limit());
    this.#fallback = new FallbackShare(now, limit, this.windowMs);
    this.#bucket.emit({ type: "store_unavailable", reason, limit });
  }

  #storeRecovered(fallback: FallbackShare, now: number): void {
    this.#fallback = undefined;
    const answered = fallback.spent(now);
    if (answered > 0) this.#report({ reservation: withoutStore, answered }, true);
    this.#bucket.emit({ type: "store_recovered", downMs: now - fallback.since });
  }

  #serveFallback(now: number, fallback: FallbackShare): void {
    while (this.#isWanted(now) && fallback.free(now) > 0 && this.#bucket.outageLeftMs(now) === 0) {
      if (!this.#grantNext(undefined)) return;
      fallback.take();
    }
  }

  /** When to ask for slots; never by a timer while that waits for an answer. */
  #askNextAt(now: number): number {
    if (this.#isWanted(now)) return this.#dueAt(now);
    const waitsForPilots = this.#bucket.depth > 0 && this.#pilots.allowance(now, this.windowMs * silence, { limit: this.#limit() }) === 0;
    return waitsForPilots ? Math.max(now + 1, this.#pilots.nextAt(now, this.windowMs * silence)) : Infinity;
  }

  #fallbackAt(now: number, fallback: FallbackShare): number {
    return Math.max(fallback.nextFreeAt(now) ?? Infinity, now + this.#bucket.outageLeftMs(now));
  }
}
