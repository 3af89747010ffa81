import type { Measure } from "../measure.ts";
import { runParts } from "../run-parts.ts";
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

/** What a copy costs and keeps, under crashes, faults and change. */
export function benchSync(): Promise<readonly Measure[]> {
  return runParts(parts);
}
