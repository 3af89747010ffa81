import { createRandom } from "../ids/random.ts";

/** What faults of every sort have in common. */
export interface Limited {
  /** After how many hits it is over. */
  readonly times?: number;
  /** Share of candidates it meets. */
  readonly rate?: number;
}

/** Faults in the order they were added, and how often each has hit. */
export interface FaultRegister<F extends Limited> {
  readonly add: (fault: F) => void;
  /** Used up ones stay, for the sake of their hits. */
  readonly list: () => readonly (F & { readonly hits: number })[];
  readonly clear: () => void;
  /** Nothing can be hit any more. */
  readonly isEmpty: () => boolean;
  /** The faults that are hit now, among those that `wants` lets through; it is asked in order and sees those already hit. */
  readonly hit: (wants: (fault: F, hitSoFar: readonly F[]) => boolean) => readonly F[];
  /** Those that are not used up, without a hit. */
  readonly live: (wants: (fault: F) => boolean) => readonly F[];
  /** A hit of one that `live` has given. */
  readonly count: (fault: F) => void;
}

const mostFaults = 10_000;

/** @param seed Whatever a rate decides is decided by it. */
export function createFaultRegister<F extends Limited>(seed: string): FaultRegister<F> {
  let entries: { readonly fault: F; hits: number }[] = [];
  let random = createRandom(seed);
  const isLive = ({ fault, hits }: { readonly fault: F; readonly hits: number }): boolean =>
    fault.times === undefined || hits < fault.times;
  const isMet = ({ rate = 1 }: F): boolean => rate >= 1 || random() / 2 ** 32 < rate;
  return {
    add(fault) {
      if (entries.length >= mostFaults) throw new Error(`There are ${mostFaults} faults, which is the most: clear them first.`);
      entries.push({ fault: { ...fault }, hits: 0 });
    },
    list: () => entries.map(({ fault, hits }) => ({ ...fault, hits })),
    clear() {
      entries = [];
      random = createRandom(seed);
    },
    isEmpty: () => !entries.some(isLive),
    hit(wants) {
      const hit: F[] = [];
      for (const entry of entries) {
        if (!isLive(entry) || !wants(entry.fault, hit) || !isMet(entry.fault)) continue;
        entry.hits += 1;
        hit.push(entry.fault);
      }
      return hit;
    },
    live: (wants) => entries.filter((entry) => isLive(entry) && wants(entry.fault)).map(({ fault }) => fault),
    count(fault) {
      const entry = entries.find((candidate) => candidate.fault === fault);
      if (entry !== undefined) entry.hits += 1;
    },
  };
}
