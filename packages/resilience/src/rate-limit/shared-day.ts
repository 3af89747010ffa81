import type { CallContext, Priority } from "@ghlkit/core";
import type { RateGrant } from "@ghlkit/storage";
import type { DailySettings } from "./bucket-state.ts";
import { dayReserved, dayUsedUp } from "./refusals.ts";
import type { WaitingLine } from "./waiting-line.ts";

/** How long the last answer of a shared window about the day counts: the window knows when the day ends. */
const believedMs = 60_000;

/** What a shared window is asked for, with respect to the day. */
export interface DayRequest {
  readonly count: number;
  /** How many of them are `interactive`. */
  readonly urgent: number;
  /** Calls of the day to leave untouched. */
  readonly keepDaily: number;
  /** The only lane the slots are for. */
  readonly only: Priority | undefined;
}

/** The day's quota, by the last answer of a shared window. */
export class SharedDay {
  readonly #settings: DailySettings;
  #last: RateGrant | undefined;
  #learnedAt = 0;

  constructor(settings: DailySettings) {
    this.#settings = settings;
  }

  learn(grant: RateGrant, now: number): void {
    this.#last = grant;
    this.#learnedAt = now;
  }

  /** @throws GhlError `rate_daily` for a call that today has nothing left for. */
  check(context: CallContext, now: number): void {
    const { reserve, whenUsedUp } = this.#settings;
    if (whenUsedUp === "refuse" && this.#left(now) === 0) throw dayUsedUp(context, this.resetsAt());
    if (reserve > 0 && context.priority !== "interactive" && this.#left(now) <= reserve)
      throw dayReserved(context, reserve, this.resetsAt());
  }

  /** Near the day's end only urgent calls may ask for what is kept. */
  request(line: WaitingLine, now: number, limit: number): DayRequest {
    const { reserve } = this.#settings;
    const urgent = line.sizes().interactive;
    const isNear = reserve > 0 && this.#left(now) - reserve < Math.min(line.size, limit);
    if (isNear && urgent > 0) return { count: urgent, urgent, keepDaily: 0, only: "interactive" };
    return { count: line.size, urgent, keepDaily: reserve, only: undefined };
  }

  /** Refuses those who wait for a day that has nothing left for them. */
  refuse(line: WaitingLine, now: number): void {
    const { reserve, whenUsedUp } = this.#settings;
    if (whenUsedUp === "refuse" && this.#left(now) === 0) line.refuse((context) => dayUsedUp(context, this.resetsAt()));
    if (reserve === 0 || this.#left(now) > reserve) return;
    for (const lane of ["webhook", "bulk"] as const) line.refuse((context) => dayReserved(context, reserve, this.resetsAt()), lane);
  }

  /** End of the day in ms since epoch, where it is known. */
  resetsAt(): number | undefined {
    return this.#last?.dayEndsInMs === undefined ? undefined : this.#learnedAt + this.#last.dayEndsInMs;
  }

  #left(now: number): number {
    const isOld = now >= Math.min(this.resetsAt() ?? Infinity, this.#learnedAt + believedMs);
    return isOld ? Infinity : (this.#last?.leftToday ?? Infinity);
  }
}
