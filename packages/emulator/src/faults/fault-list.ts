import { createRandom } from "../ids/random.ts";
import { checkFault, type Fault } from "./fault.ts";

/** The faults that wait for their requests. */
export interface FaultControls {
  /** @throws Error when the fault makes no sense. */
  readonly add: (fault: Fault) => void;
  /** With `times` as far as they are left. */
  readonly list: () => readonly Fault[];
  readonly clear: () => void;
}

/** What the stages need besides. */
export interface FaultList extends FaultControls {
  readonly isEmpty: () => boolean;
  /** The faults that a request meets: every latency, and the first of those that decide the answer. */
  readonly take: (operation: string) => readonly Fault[];
}

export function createFaultList(seed: string): FaultList {
  let faults: Fault[] = [];
  let random = createRandom(`${seed}/faults`);
  const hits = ({ rate = 1 }: Fault): boolean => rate >= 1 || random() / 2 ** 32 < rate;
  return {
    add: (fault) => void faults.push(checkFault({ ...fault })),
    list: () => [...faults],
    clear() {
      faults = [];
      random = createRandom(`${seed}/faults`);
    },
    isEmpty: () => faults.length === 0,
    take(operation) {
      const taken = new Set<Fault>();
      let isDecided = false;
      for (const fault of faults) {
        if ((fault.operation !== "*" && fault.operation !== operation) || (isDecided && fault.kind !== "latency") || !hits(fault)) continue;
        taken.add(fault);
        isDecided ||= fault.kind !== "latency";
      }
      faults = faults.flatMap((fault) => (taken.has(fault) ? usedOnce(fault) : [fault]));
      return [...taken];
    },
  };
}

function usedOnce(fault: Fault): readonly Fault[] {
  if (fault.times === undefined) return [fault];
  return fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [];
}
