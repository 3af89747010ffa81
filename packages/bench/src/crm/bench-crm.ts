import type { Measure } from "../measure.ts";
import { runParts } from "../run-parts.ts";
import { bookingRaces } from "./booking-races.ts";
import { bookingZones } from "./booking-zones.ts";
import { bulkKills } from "./bulk-kills.ts";
import { bulkMemory } from "./bulk-memory.ts";
import { bulkSpeed } from "./bulk-speed.ts";
import { ensureLeads } from "./ensure-leads.ts";
import { locationsDistribution } from "./locations-distribution.ts";
import { messageKills } from "./message-kills.ts";
import { randomLedgers } from "./random-ledgers.ts";
import { providerDeliveries } from "./provider-deliveries.ts";
import { stepsKills } from "./steps-kills.ts";

const parts = [
  ensureLeads,
  bulkSpeed,
  bulkKills,
  bulkMemory,
  locationsDistribution,
  stepsKills,
  messageKills,
  bookingRaces,
  bookingZones,
  providerDeliveries,
  randomLedgers,
];

/** What the helpers of `@ghlkit/crm` cost and keep, side by side with straightforward programs on the official client. */
export function benchCrm(): Promise<readonly Measure[]> {
  return runParts(parts);
}
