import type { Interval } from "./opening-hours.ts";

const dayMs = 86_400_000;

/** How many of some intervals overlap another one, without a look at all of them: they are kept by day. */
export function indexIntervals(intervals: readonly Interval[]): (other: Interval) => number {
  const byDay = new Map<number, Interval[]>();
  for (const interval of intervals) {
    for (const day of daysOf(interval)) {
      const known = byDay.get(day);
      if (known === undefined) byDay.set(day, [interval]);
      else known.push(interval);
    }
  }
  return (other) => {
    const found = new Set<Interval>();
    for (const day of daysOf(other)) for (const interval of byDay.get(day) ?? []) if (overlap(interval, other)) found.add(interval);
    return found.size;
  };
}

function daysOf({ startMs, endMs }: Interval): readonly number[] {
  const first = Math.floor(startMs / dayMs);
  return Array.from({ length: Math.max(1, Math.floor(endMs / dayMs) - first + 1) }, (_, at) => first + at);
}

function overlap(one: Interval, other: Interval): boolean {
  return one.startMs < other.endMs && one.endMs > other.startMs;
}
