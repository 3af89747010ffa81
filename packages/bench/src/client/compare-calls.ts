import { measure, median, type Measure } from "../measure.ts";

/** One call of a contender. */
export type Call = () => Promise<unknown>;

/** How calls are made: gives the time of one, in ms. */
export type Pace = (call: Call) => Promise<number>;

export interface Contest {
  readonly name: string;
  /** What all others are held against. */
  readonly base: Call;
  readonly ours: Call;
  readonly others: Readonly<Record<string, Call>>;
  /** Most that ours may take, relative to the base. */
  readonly atMost: number;
  readonly pace: Pace;
}

const rounds = 15;

/** Time of our call relative to the base, with that of the others, from interleaved rounds: medians. */
export async function compareCalls({ name, base, ours, others, atMost, pace }: Contest): Promise<Measure> {
  for (const call of [base, ours, ...Object.values(others)]) await pace(call);
  const ratios: number[] = [];
  const otherRatios = Object.entries(others).map(([other, call]) => ({ other, call, ratios: [] as number[] }));
  for (let round = 0; round < rounds; round += 1) {
    ratios.push(await ratio(ours, base, pace));
    for (const one of otherRatios) one.ratios.push(await ratio(one.call, base, pace));
  }
  return measure(name, median(ratios), "x", { atMost }, Object.fromEntries(otherRatios.map((one) => [one.other, median(one.ratios)])));
}

/** One contender between two runs of what it is compared with: what the other one left behind weighs on nobody. */
async function ratio(call: Call, base: Call, pace: Pace): Promise<number> {
  globalThis.gc?.();
  const before = await pace(base);
  const own = await pace(call);
  const after = await pace(base);
  return own / ((before + after) / 2);
}

/** So many calls, one after the other. */
export function sequential(count: number): Pace {
  return async (call) => {
    const started = performance.now();
    for (let index = 0; index < count; index += 1) await call();
    return (performance.now() - started) / count;
  };
}

/** So many calls, 50 at a time. */
export function inFlight(count: number): Pace {
  return async (call) => {
    const started = performance.now();
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < count) {
        next += 1;
        await call();
      }
    };
    await Promise.all(Array.from({ length: 50 }, worker));
    return (performance.now() - started) / count;
  };
}
