import type { RateReport, ReportedRate } from "@ghlkit/storage";

type Report = { -readonly [Field in keyof RateReport]: RateReport[Field] };

/** What became of slots, gathered by reservation until the store is asked next. */
export class SlotReports {
  readonly #reports = new Map<string, Report>();

  get size(): number {
    return this.#reports.size;
  }

  add({ reservation, answered = 0, unsent = 0, rate, refusedForMs }: RateReport): void {
    const report = this.#reports.get(reservation) ?? { reservation, answered: 0, unsent: 0 };
    this.#reports.set(reservation, report);
    report.answered = (report.answered ?? 0) + answered;
    report.unsent = (report.unsent ?? 0) + unsent;
    if (rate !== undefined) report.rate = lower(report.rate, rate);
    if (refusedForMs !== undefined) report.refusedForMs = Math.max(refusedForMs, report.refusedForMs ?? 0);
  }

  /** Everything gathered; it is gone here. */
  take(): readonly RateReport[] {
    const all = [...this.#reports.values()];
    this.#reports.clear();
    return all;
  }
}

/** Of two answers the one that leaves less is the later one, or shows other clients. */
function lower(one: ReportedRate | undefined, two: ReportedRate): ReportedRate {
  if (one === undefined) return two;
  const remaining = least(one.remaining, two.remaining);
  const dailyRemaining = least(one.dailyRemaining, two.dailyRemaining);
  return { ...one, ...two, ...(remaining === undefined ? {} : { remaining }), ...(dailyRemaining === undefined ? {} : { dailyRemaining }) };
}

function least(one: number | undefined, two: number | undefined): number | undefined {
  return one === undefined || two === undefined ? (one ?? two) : Math.min(one, two);
}
