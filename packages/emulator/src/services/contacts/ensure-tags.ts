import type { World } from "../../world.ts";

/** Tags that contacts are given become the location's tags. */
export function ensureTags({ state, ids }: World, locationId: string, names: readonly string[]): void {
  if (names.length === 0) return;
  const known = new Set(state.tags.group(locationId).map((tag) => tag.name));
  for (const name of names) if (!known.has(name)) state.tags.put({ id: ids.record(), name, locationId });
}
