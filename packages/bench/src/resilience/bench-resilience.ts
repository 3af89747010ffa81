import type { Measure } from "../measure.ts";
import { bursts } from "./burst.ts";
import { layerCost } from "./layer-cost.ts";

/** Rate limit and layers in one process, side by side with what else people use. */
export async function benchResilience(): Promise<readonly Measure[]> {
  return [...(await layerCost()), ...(await bursts())];
}
