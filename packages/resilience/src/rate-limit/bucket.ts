import {
  abortedError,
  isolatesRequests,
  readRateState,
  readRetryAfter,
  type CallContext,
  type CallEvent,
  type Principal,
  type Priority,
} from "@ghlkit/core";
import { Alarm } from "./alarm.ts";
import type { BucketSettings, BucketState } from "./bucket-state.ts";
import { Outage } from "./outage.ts";
import { Outstanding } from "./outstanding.ts";
import { showsRate } from "./rate-report.ts";
import { pastDeadline, unsentOrigin } from "./refusals.ts";
import type { RatedAnswer, Slot } from "./slot.ts";
import type { ServedBucket, SlotSource } from "./slot-source.ts";
import { Spending } from "./spending.ts";
import { Throttling } from "./throttling.ts";
import type { WaitingCall } from "./waiting-call.ts";
import { WaitingLine } from "./waiting-line.ts";

/** The calls of one principal, as the limiter sees their bucket: whatever the source of its slots. */
export interface RateBucket {
  readonly principal: Principal | undefined;
  /** A slot at once, or a promise of one. `again`: the call had its turn and could not go; it keeps it. */
  enter(context: CallContext, again: boolean): Slot | Promise<Slot>;
  /** No call goes to a host that only fails, for so long; then one goes ahead alone. */
  hold(forMs: number): void;
  /** Whether nothing would be lost by forgetting the bucket. */
  isIdle(): boolean;
  state(): BucketState;
  /** Resolves when a shared window knows everything that can be reported now. */
  flush(): Promise<void>;
}

/** After a refusal or an outage calls go one at a time until one is answered. */
interface Trial {
  /** Calls of the trial that have not come back. */
  out: number;
}

/** Who may go now, who waits, and for how long: one queue over one source of slots. */
export class Bucket<Grant> implements RateBucket, ServedBucket<Grant> {
  readonly principal: Principal | undefined;
  readonly #settings: BucketSettings;
  readonly #source: SlotSource<Grant>;
  readonly #spending = new Spending();
  // Made when they are needed: a process holds a bucket for each of thousands of locations.
  readonly #outstanding: Outstanding<GrantedSlot<Grant>> | undefined;
  #line: WaitingLine | undefined;
  #outage: Outage | undefined;
  #throttling: Throttling | undefined;
  #alarm: Alarm | undefined;
  #trial: Trial | undefined;
  /** Of the last call: events that concern the bucket as a whole are emitted there. */
  #emit: (event: CallEvent) => void = () => {};

  constructor(
    settings: BucketSettings,
    principal: Principal | undefined,
    createSource: (bucket: ServedBucket<Grant>) => SlotSource<Grant>,
  ) {
    this.#settings = settings;
    this.principal = principal;
    this.#outstanding = isolatesRequests() ? new Outstanding() : undefined;
    this.#source = createSource(this);
  }

  get line(): WaitingLine {
    return (this.#line ??= new WaitingLine(this.#settings, this));
  }

  get depth(): number {
    return this.#line?.size ?? 0;
  }

  enter(context: CallContext, again: boolean): Slot | Promise<Slot> {
    const now = this.#now();
    if (context.signal?.aborted) throw abortedError(context.signal, unsentOrigin(context));
    if (context.deadline !== undefined && now >= context.deadline) throw pastDeadline(context, 0);
    this.#giveUpOverdue(now);
    this.#source.checkDay(context, now);
    this.#emit = context.emit;
    const grant = this.#takeAtOnce(context, again, now);
    if (grant !== undefined) return this.#granted(grant, context, now);
    const { priority } = context;
    const waitMs = again ? 0 : this.#source.estimate(now, this.line.ahead(priority)) - now;
    const slot = this.line.join(context, now, { waitMs, again });
    if (this.#source.isRemote) queueMicrotask(() => this.serve());
    else this.serve();
    return slot;
  }

  hold(forMs: number): void {
    this.#outage ??= new Outage();
    this.#outage.begin(this.#now(), forMs);
    this.#trial ??= { out: 0 };
    this.changed();
  }

  /** The first report on a slot counts. */
  giveBack(slot: GrantedSlot<Grant>): void {
    if (!this.#end(slot)) return;
    this.#source.giveBack(slot.grant, this.#now());
    this.serve();
  }

  lost(slot: GrantedSlot<Grant>): void {
    if (!this.#end(slot)) return;
    this.#source.lost(slot.grant, this.#now());
    this.serve();
  }

  answered(slot: GrantedSlot<Grant>, { status, headers }: RatedAnswer, context: CallContext): void {
    const now = this.#now();
    const rate = readRateState(headers);
    if (showsRate(rate)) context.emit({ type: "rate", rate });
    this.#outage?.end();
    this.#source.answered(slot.grant, { rate, isRefused: status === 429, isOutstanding: this.#end(slot) }, now);
    if (status === 429) {
      const retryAfterMs = readRetryAfter(headers, now) ?? this.#source.windowMs;
      const { isDaily, goesAlone } = this.#source.refused(slot.grant, { rate, retryAfterMs }, now);
      this.#throttling ??= new Throttling();
      this.#throttling.refused(now, retryAfterMs, context, isDaily);
      this.#trial = goesAlone ? { out: 0 } : undefined;
    } else {
      this.#throttling?.answered(now, context);
      if (!this.#source.isShut(now)) this.#trial = undefined;
    }
    this.serve();
  }

  flush(): Promise<void> {
    return this.#source.flush();
  }

  isIdle(): boolean {
    return this.depth === 0 && this.#source.isIdle(this.#now());
  }

  state(): BucketState {
    const now = this.#now();
    const waitMs = (priority: Priority): number => this.#source.estimate(now, this.line.ahead(priority)) - now;
    return {
      ...this.#source.state(now),
      depth: this.depth,
      waiting: this.line.sizes(),
      estimatedWaitMs: { interactive: waitMs("interactive"), webhook: waitMs("webhook"), bulk: waitMs("bulk") },
      spentBy: this.#spending.counts(),
    };
  }

  alone(): number {
    return this.#trial === undefined ? Infinity : 1 - this.#trial.out;
  }

  outageLeftMs(now: number): number {
    return this.#outage?.leftMs(now) ?? 0;
  }

  checkOutage(context: CallContext, now: number): void {
    this.#outage?.check(context, now);
  }

  grant(call: WaitingCall, grant: Grant): void {
    call.grant(this.#granted(grant, call.context, this.#now()));
  }

  emit(event: CallEvent): void {
    this.#emit(event);
  }

  serve(): void {
    const now = this.#now();
    this.#giveUpOverdue(now);
    this.#source.serve(now);
    this.#schedule(now);
  }

  /** Those who wait have become fewer. */
  changed(): void {
    this.#schedule(this.#now());
  }

  #now(): number {
    return this.#settings.clock.now();
  }

  #takeAtOnce(context: CallContext, again: boolean, now: number): Grant | undefined {
    const { priority } = context;
    const isUrgent = priority === "interactive";
    if (isUrgent && !again && this.outageLeftMs(now) > 0) {
      const grant = this.#source.takeInOutage(context, now);
      if (grant !== undefined) return grant;
    }
    // Bulk work that leaves interactive calls their slots does not stand in their way.
    const isNext = this.depth === 0 || (isUrgent && this.line.sizes().interactive === 0);
    return isNext ? this.#source.take(priority, now) : undefined;
  }

  #granted(grant: Grant, context: CallContext, now: number): GrantedSlot<Grant> {
    this.#spending.add(context);
    if (this.#trial !== undefined) this.#trial.out += 1;
    const slot = new GrantedSlot(this, grant, this.#trial);
    this.#outstanding?.add(slot, now, context.timeoutMs);
    return slot;
  }

  /** Whether the slot had not been ended before. */
  #end(slot: GrantedSlot<Grant>): boolean {
    if (this.#outstanding?.end(slot) === false) return false;
    slot.leaveTrial();
    return true;
  }

  /** Takes the answers of calls for lost whose requests have ended. */
  #giveUpOverdue(now: number): void {
    if (this.#outstanding === undefined) return;
    for (const slot of this.#outstanding.overdue(now)) {
      slot.leaveTrial();
      this.#source.lost(slot.grant, now);
    }
  }

  #schedule(now: number): void {
    const at = this.#source.serveAt(now);
    if (this.#alarm === undefined && at === Infinity) return;
    this.#alarm ??= new Alarm(this.#settings.clock, () => this.serve());
    this.#alarm.setAt(at);
  }
}

class GrantedSlot<Grant> implements Slot {
  readonly grant: Grant;
  readonly #bucket: Bucket<Grant>;
  /** The trial it was granted in. */
  readonly #trial: Trial | undefined;

  constructor(bucket: Bucket<Grant>, grant: Grant, trial: Trial | undefined) {
    this.#bucket = bucket;
    this.grant = grant;
    this.#trial = trial;
  }

  giveBack(): void {
    this.#bucket.giveBack(this);
  }

  lost(): void {
    this.#bucket.lost(this);
  }

  answered(answer: RatedAnswer, context: CallContext): void {
    this.#bucket.answered(this, answer, context);
  }

  leaveTrial(): void {
    if (this.#trial !== undefined) this.#trial.out -= 1;
  }
}
