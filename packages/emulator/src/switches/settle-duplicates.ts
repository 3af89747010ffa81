import type { World } from "../world.ts";
import type { SwitchOptions } from "./switch-options.ts";

/** Whether duplicates are allowed is a setting of each location: both switches change the settings of those that are there. */
export function settleDuplicates({ state }: World, { allowDuplicates, allowDuplicateOpportunities }: SwitchOptions): void {
  if (allowDuplicates === undefined && allowDuplicateOpportunities === undefined) return;
  for (const location of state.locations.all()) {
    const settings = {
      ...location.settings,
      ...(allowDuplicates !== undefined && { allowDuplicateContact: allowDuplicates }),
      ...(allowDuplicateOpportunities !== undefined && { allowDuplicateOpportunity: allowDuplicateOpportunities }),
    };
    state.locations.put({ ...location, settings });
  }
}
