import type { Clock } from "@ghlkit/core";
import { monotonicNow } from "@ghlkit/core";
import type { LeaseStore } from "@ghlkit/storage";
import type { HealthChecks } from "../health-report.ts";

const lease = "ghlkit:health";

/** Writes something small: a full disk and a database that only reads are found by nothing else. */
export async function checkStorage(leases: LeaseStore, { clock }: { readonly clock: Clock }): Promise<Required<HealthChecks>["storage"]> {
  const begun = monotonicNow(clock);
  // Refused while another process is at it: the database has answered that as well.
  const result = await leases.acquire(lease, { ttlMs: 1000, owner: "health" });
  if (result.held) await leases.release(lease, { fence: result.fence });
  const answeredInMs = monotonicNow(clock) - begun;
  return { status: "ok", message: "The storage takes writes.", values: { answeredInMs } };
}
