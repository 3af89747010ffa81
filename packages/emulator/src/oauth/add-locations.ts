import { checkNumber } from "../bounds/check-value.ts";
import { newLocation } from "../state/new-location.ts";
import { installOnFutureLocation } from "./install.ts";
import type { World } from "../world.ts";

/** Most locations that are made at once. */
export const mostLocations = 10_000;

/** Creates locations of the seeded company. The app is installed on them if its installation reaches into the future. */
export function addLocations(world: World, count: number): readonly string[] {
  checkNumber("count", count, { from: 0, to: mostLocations, whole: true });
  const { state, ids, seed, options, clock } = world;
  return Array.from({ length: count }, () => {
    const now = new Date(clock.now()).toISOString();
    const { id } = state.locations.put(
      newLocation({ id: ids.record(), companyId: seed.companyId, name: `Branch ${state.locations.size() + 1}` }, options, now),
    );
    installOnFutureLocation(world, id, seed.companyId);
    return id;
  });
}
