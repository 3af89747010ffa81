// A job over all locations
export { forEachLocation, type ForEachLocationOptions, type LocationsReport } from "./for-each-location.ts";
export { installedLocations, type InstalledLocation, type LocationsClient } from "./installed-locations.ts";

// The work, and what comes of it
export type { LocationContext, LocationResult, LocationWork, Slice } from "./location-work.ts";
