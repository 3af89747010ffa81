import type { Measure } from "../measure.ts";
import { bulkInstall } from "./bulk-install.ts";
import { hardTimes } from "./hard-times.ts";
import { kills } from "./kills.ts";
import { severalProcesses } from "./several-processes.ts";
import { companyFallback, expiringToken, failingWrite, warmToken } from "./token-races.ts";

/** Whether tokens are lost or used twice, in one process and across processes, and what a live one costs. */
export async function benchAuth(): Promise<readonly Measure[]> {
  return [
    ...(await expiringToken()),
    ...(await severalProcesses()),
    ...(await companyFallback()),
    await failingWrite(),
    await warmToken(),
    ...(await bulkInstall()),
    ...(await kills()),
    ...(await hardTimes()),
  ];
}
