import type { Measure } from "../measure.ts";
import { ensureLeads } from "./ensure-leads.ts";

/** What the helpers of `@ghlkit/crm` cost and keep, side by side with straightforward programs on the official client. */
export async function benchCrm(): Promise<readonly Measure[]> {
  return [...(await ensureLeads())];
}
