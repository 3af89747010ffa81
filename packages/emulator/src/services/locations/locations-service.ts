import type { Service } from "../service.ts";
import { locationChanges } from "./location-changes.ts";
import { locationFieldHandlers } from "./location-fields.ts";
import { locationTagHandlers } from "./location-tags.ts";
import { locationTaskHandlers } from "./location-tasks.ts";
import { locationValueHandlers } from "./location-values.ts";
import { locationHandlers } from "./locations.ts";
import { locationResources } from "./location-resources.ts";
import { seedLocations } from "./seed-locations.ts";

/** Locations with their tags, custom fields, custom values and task search. */
export const locationsService: Service = {
  evidence: {
    "locations.uploadCustomFieldFile": "reported",
    "locations.listTimezones": "reported",
  },
  handlers: {
    ...locationHandlers,
    ...locationTagHandlers,
    ...locationFieldHandlers,
    ...locationValueHandlers,
    ...locationTaskHandlers,
  },
  resources: locationResources,
  changes: ({ locations }, publish) => locations.onChange((before, after) => publish(() => locationChanges(before, after))),
  seed: seedLocations,
};
