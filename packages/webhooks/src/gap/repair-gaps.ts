import { repairGap, type RepairGapOptions, type RepairReport } from "./repair-gap.ts";

/** Repairs every gap that the heartbeat has found, the oldest first, and closes each. A gap whose repair fails stays open. */
export async function repairGaps(options: Omit<RepairGapOptions, "since">): Promise<readonly RepairReport[]> {
  const reports: RepairReport[] = [];
  for (const gap of await options.inbox.gaps()) {
    reports.push(await repairGap({ ...options, since: gap.from }));
    await options.inbox.closeGap(gap.id);
  }
  return reports;
}
