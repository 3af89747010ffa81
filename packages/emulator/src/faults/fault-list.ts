import { createRandom } from "../ids/random.ts";
import { createFaultRegister } from "./fault-register.ts";
import { checkFault, decidesAnswer, type Fault, type FaultKind, type ListedFault } from "./fault.ts";

/** The faults that wait for their requests. */
export interface FaultControls {
  /** @throws Error when the fault makes no sense. */
  readonly add: (fault: Fault) => void;
  /** With hit counts; those that are used up stay until cleared. */
  readonly list: () => readonly ListedFault[];
  readonly clear: () => void;
}

/** What the stages need besides. */
export interface FaultList extends FaultControls {
  readonly isEmpty: () => boolean;
  /** The faults that a request meets: all that bend its answer, and the first of those that are its answer. */
  readonly take: (operation: string) => readonly Fault[];
  /** Those of one kind, without a hit. */
  readonly standing: (kind: FaultKind) => readonly Fault[];
  /** Counts a hit of a standing fault. */
  readonly count: (fault: Fault) => void;
  /** From 0 to 1, seeded: what latencies are drawn with. */
  readonly random: () => number;
}

export function createFaultList(seed: string): FaultList {
  const register = createFaultRegister<Fault>(`${seed}/faults`);
  let draws = createRandom(`${seed}/latency`);
  return {
    add: (fault) => register.add(checkFault(fault)),
    list: register.list,
    clear() {
      register.clear();
      draws = createRandom(`${seed}/latency`);
    },
    isEmpty: register.isEmpty,
    take: (operation) =>
      register.hit(
        (fault, before) =>
          fault.kind !== "other-client" && isAbout(fault, operation) && !(decidesAnswer(fault) && before.some(decidesAnswer)),
      ),
    standing: (kind) => (register.isEmpty() ? [] : register.live((fault) => fault.kind === kind)),
    count: register.count,
    random: () => draws() / 2 ** 32,
  };
}

/** For every operation, lag means the lists and searches: reads by id, and writes, lag when they are named. */
function isAbout(fault: Fault, operation: string): boolean {
  if (fault.operation !== "*") return fault.operation === operation;
  return fault.kind !== "replication-lag" || /\.(search|list|find|export)/.test(operation);
}
