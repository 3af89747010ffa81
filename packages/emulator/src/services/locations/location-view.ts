import type { Location } from "../../state/location.ts";

/** A location as the read of one shows it. */
export function locationView(location: Location): Record<string, unknown> {
  // When it was added serves sorting; no document shows it.
  const { details, dateAdded: _, ...fields } = location;
  const { name, country, timezone } = location;
  const { address, city, state, postalCode, website, logoUrl } = details;
  return { ...details, ...fields, business: { name, address, city, state, country, postalCode, website, timezone, logoUrl } };
}

/** A location as search, create and update show it. */
export function locationListItem(location: Location): Record<string, unknown> {
  const { business: _, ...view } = locationView(location);
  return view;
}
