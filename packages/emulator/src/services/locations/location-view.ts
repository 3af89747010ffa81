import type { Location } from "../../state/location.ts";

/** A location as the read of one shows it. */
export function locationView(location: Location): Record<string, unknown> {
  const { details, ...fields } = location;
  const { name, country, timezone } = location;
  const { address, city, state, postalCode, website, logoUrl, email } = details;
  return { ...details, ...fields, business: { name, email, address, city, state, country, postalCode, website, timezone, logoUrl } };
}

/** A location as create and update show it. */
export function locationChange(location: Location): Record<string, unknown> {
  const { business: _, dateAdded: __, permissions: _permissions, ...view } = locationView(location);
  return view;
}

/** What searches show of the address. */
const listed = ["email", "phone", "address", "city", "state", "postalCode", "website"] as const;

/** A location as searches show it. */
export function locationListItem({
  details,
  companyId: _,
  dateAdded: __,
  permissions: ___,
  ...location
}: Location): Record<string, unknown> {
  return { ...Object.fromEntries(listed.map((name) => [name, details[name]])), ...location };
}
