import { monotonicNow, type Clock } from "@ghlkit/core";
import type { Counts } from "./batch-journal.ts";
import type { BulkProgress } from "./bulk-outcome.ts";
import type { BulkQuota } from "./bulk-options.ts";
import type { HoldReason } from "./hold.ts";

/** Reported at most so often, however many rows are done. */
const leastMs = 100;

/** Over so long the rate is measured. */
const rateMs = 60_000;

export interface TrackerOptions {
  readonly clock: Clock;
  readonly total: number | undefined;
  readonly quota: (() => BulkQuota) | undefined;
}

/** Counts rows, and reports where the run stands to each reader. */
export class ProgressTracker {
  readonly #options: TrackerOptions;
  #counts: Record<string, number> = {};
  #done = 0;
  #isOver = false;
  #isWaitingForLease = false;
  #heldFor: () => HoldReason | undefined = () => undefined;
  /** Rows done at points in time, oldest first. */
  #samples: { readonly at: number; readonly done: number }[] = [];
  #wake: (() => void)[] = [];
  /** What waits for the end of the run, whatever else it waits for. */
  readonly #onEnd = new Set<() => void>();

  constructor(options: TrackerOptions) {
    this.#options = options;
  }

  /** What earlier runs did. */
  resume(counts: Counts): void {
    this.#counts = { ...counts };
    this.#done = Object.values(counts).reduce((sum, count) => sum + count, 0);
    this.#samples = [{ at: monotonicNow(this.#options.clock), done: this.#done }];
    this.changed();
  }

  count(outcome: string): void {
    this.#counts[outcome] = (this.#counts[outcome] ?? 0) + 1;
    this.#done += 1;
    this.changed();
  }

  holds(reason: () => HoldReason | undefined): void {
    this.#heldFor = reason;
  }

  waitsForLease(isWaiting: boolean): void {
    this.#isWaitingForLease = isWaiting;
    this.changed();
  }

  end(): void {
    this.#isOver = true;
    this.changed();
    for (const end of this.#onEnd) end();
  }

  changed(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }

  now(): BulkProgress {
    const { total } = this.#options;
    const rate = this.#rate();
    const etaMs = total === undefined || rate === undefined || rate === 0 ? undefined : Math.max(0, ((total - this.#done) / rate) * 1000);
    return { done: this.#done, total, rate, etaMs, waitingFor: this.#waitingFor(), counts: { ...this.#counts } };
  }

  /** A state at each change, the last one at the end; changes in between are left out while the reader is at work. */
  async *states(): AsyncIterableIterator<BulkProgress> {
    while (!this.#isOver) {
      yield this.now();
      const change = new Promise<void>((resolve) => this.#wake.push(resolve));
      if (this.#isOver) break;
      await change;
      if (!this.#isOver) await this.#pause();
    }
    yield this.now();
  }

  /** Until another state may be reported, or the run is over. */
  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        this.#onEnd.delete(end);
        resolve();
      };
      const cancel = this.#options.clock.after(leastMs, end);
      this.#onEnd.add(end);
    });
  }

  #waitingFor(): BulkProgress["waitingFor"] {
    if (this.#isOver) return undefined;
    if (this.#isWaitingForLease) return "lease";
    return this.#heldFor() ?? ((this.#options.quota?.().depth ?? 0) > 0 ? "window" : undefined);
  }

  #rate(): number | undefined {
    const at = monotonicNow(this.#options.clock);
    const oldest = this.#samples.find((sample) => sample.at >= at - rateMs) ?? this.#samples.at(-1);
    const last = this.#samples.at(-1);
    if (last === undefined || oldest === undefined) return undefined;
    if (at - last.at >= 1000) this.#samples = [...this.#samples.filter((sample) => sample.at >= at - rateMs), { at, done: this.#done }];
    return at - oldest.at < 1000 ? undefined : ((this.#done - oldest.done) / (at - oldest.at)) * 1000;
  }
}
