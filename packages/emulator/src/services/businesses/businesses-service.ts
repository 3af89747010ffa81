import type { Service } from "../service.ts";
import { businessChanges } from "./business-changes.ts";
import { businessHandlers } from "./businesses.ts";

/** Businesses, which contacts belong to. */
export const businessesService: Service = {
  handlers: businessHandlers,
  changes: ({ businesses }, publish) => businesses.onChange((before, after) => publish(() => businessChanges(before, after))),
  seed: ({ seed: { businessId, locationId }, state, now }) =>
    void state.businesses.put({ id: businessId, locationId, name: "Seaside Bakery", createdAt: now, updatedAt: now, details: {} }),
};
