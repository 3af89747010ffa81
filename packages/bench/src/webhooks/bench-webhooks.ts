import type { Measure } from "../measure.ts";
import { forgeryMatrix } from "./forgery-matrix.ts";
import { gap } from "./gap.ts";
import { kills } from "./kills.ts";
import { maintenance } from "./maintenance.ts";
import { outage } from "./outage.ts";
import { postgresSpeed } from "./postgres-speed.ts";
import { receiverSpeed } from "./receiver-speed.ts";
import { verifyCost } from "./verify-cost.ts";

/** What it costs to know that a webhook is genuine, and to keep it. */
export async function benchWebhooks(): Promise<readonly Measure[]> {
  return [
    ...(await verifyCost()),
    ...(await receiverSpeed()),
    ...(await maintenance()),
    ...(await postgresSpeed()),
    ...(await kills()),
    ...(await outage()),
    ...(await gap()),
    // Last, because @hono/node-server puts a Response of its own in the place of the global one.
    ...(await forgeryMatrix()),
  ];
}
