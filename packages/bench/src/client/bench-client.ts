import type { Measure } from "../measure.ts";
import { publishedCopy } from "../published-copy.ts";
import { bindTime } from "./bind-time.ts";
import { bundleSizes } from "./bundle-size.ts";
import { callTimes } from "./call-time.ts";
import { coverage } from "./coverage.ts";
import { dependencyCount } from "./dependencies.ts";
import { importTime } from "./import-time.ts";
import { programCost } from "./program-cost.ts";
import { typeCost } from "./type-cost.ts";

/** Coverage, size, start, call time and type cost of the client, side by side with the official one. */
export async function benchClient(): Promise<readonly Measure[]> {
  const copy = await publishedCopy(["contract", "core", "client"]);
  try {
    return [
      ...(await coverage()),
      importTime(copy),
      ...(await bundleSizes(copy)),
      bindTime(),
      ...(await callTimes()),
      ...(await typeCost(copy)),
      ...(await programCost(copy)),
      await dependencyCount(),
    ];
  } finally {
    await copy.remove();
  }
}
