import type { Measure } from "../measure.ts";
import { backfillKills } from "./backfill-kills.ts";
import { backfillMemory } from "./backfill-memory.ts";
import { backfillSpeed } from "./backfill-speed.ts";
import { backupRestore } from "./backup-restore.ts";
import { faultyLists } from "./faulty-lists.ts";
import { locationSyncs } from "./location-syncs.ts";
import { movingLists } from "./moving-lists.ts";
import { outage } from "./outage.ts";
import { steadyState } from "./steady-state.ts";

const parts = [backfillSpeed, backfillKills, movingLists, faultyLists, outage, steadyState, backupRestore, locationSyncs, backfillMemory];

/** What a copy costs and keeps, under crashes, faults and change. `GHLKIT_PART=outage` runs one part alone, for a look at it. */
export async function benchSync(): Promise<readonly Measure[]> {
  const only = process.env["GHLKIT_PART"];
  const measures: Measure[] = [];
  for (const part of parts) if (only === undefined || part.name === only) measures.push(...(await part()));
  return measures;
}
