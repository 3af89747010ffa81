import type { Location } from "../../state/location.ts";

/** A location as the read of one shows it. */
export function locationView(location: Location): Record<string, unknown> {
  const { details, ...fields } = location;
  const { name, country, timezone } = location;
  const { address, city, state, postalCode, website, logoUrl } = details;
  return { ...details, ...fields, business: { name, address, city, state, country, postalCode, website, timezone, logoUrl } };
}

/** A location as create and update show it. */
export function locationChange(location: Location): Record<string, unknown> {
  const { business: _, dateAdded: __, ...view } = locationView(location);
  return view;
}

/** A location as searches show it. */
export function locationListItem(location: Location): Record<string, unknown> {
  const { companyId: _, ...view } = locationChange(location);
  return view;
}
