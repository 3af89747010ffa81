import type { Measure } from "../measure.ts";
import { bursts } from "./burst.ts";
import { layerCost } from "./layer-cost.ts";
import { severalProcesses } from "./several-processes.ts";

/** Rate limit and layers, in one process beside what else people use, and in several. */
export async function benchResilience(): Promise<readonly Measure[]> {
  return [...(await layerCost()), ...(await bursts()), ...(await severalProcesses())];
}
