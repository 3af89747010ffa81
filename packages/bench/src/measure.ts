/** One figure, with what it was held against in the same run. */
export interface Measure {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  /** What it should be, in words a reader can check; empty where the figure is for information. */
  readonly goal: string;
  /** `null` where there is no goal. */
  readonly met: boolean | null;
  /** The same figure of what it is compared with. */
  readonly against: Readonly<Record<string, number>>;
}

export interface Goal {
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** Makes a measure and judges it. */
export function measure(
  name: string,
  value: number,
  unit: string,
  goal: Goal = {},
  against: Readonly<Record<string, number>> = {},
): Measure {
  const words = [
    ...(goal.atMost === undefined ? [] : [`<= ${goal.atMost} ${unit}`]),
    ...(goal.atLeast === undefined ? [] : [`>= ${goal.atLeast} ${unit}`]),
  ].join(", ");
  const met = words === "" ? null : value <= (goal.atMost ?? Infinity) && value >= (goal.atLeast ?? -Infinity);
  return {
    measure: name,
    value: round(value),
    unit,
    goal: words,
    met,
    against: Object.fromEntries(Object.entries(against).map(([key, one]) => [key, round(one)])),
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
