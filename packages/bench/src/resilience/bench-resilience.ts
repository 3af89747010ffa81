import type { Measure } from "../measure.ts";
import { runParts } from "../run-parts.ts";
import { abortedQueue } from "./aborted-queue.ts";
import { bursts } from "./burst.ts";
import { bulkRate, interactiveDuringBulk } from "./interactive-during-bulk.ts";
import { layerCost } from "./layer-cost.ts";
import { lostAnswers } from "./lost-answers.ts";
import { memory } from "./memory.ts";
import { otherClient } from "./other-client.ts";
import { outage } from "./outage.ts";
import { severalProcesses } from "./several-processes.ts";
import { stackTime } from "./stack-time.ts";

const parts = [
  layerCost,
  stackTime,
  memory,
  bursts,
  otherClient,
  interactiveDuringBulk,
  bulkRate,
  abortedQueue,
  outage,
  lostAnswers,
  severalProcesses,
];

/** What the layers cost, and what they hold to: beside what else people use, in one process and in several, in trouble and out of it. */
export function benchResilience(): Promise<readonly Measure[]> {
  return runParts(parts);
}
