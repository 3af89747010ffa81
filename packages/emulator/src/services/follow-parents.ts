import { removeChildren } from "../resources/record-store.ts";
import type { State } from "../state/state.ts";
import { holders } from "./services.ts";

/** Removes the records below a record when it goes, whatever removes it. */
export function followParents(state: State): void {
  state.records.onChange((before, after) => {
    if (before !== undefined && after === undefined) removeChildren(state, before, before.locationId ?? before.companyId);
  });
  for (const [resource, holder] of Object.entries(holders)) {
    holder(state).onChange((before, after) => {
      if (before !== undefined && after === undefined)
        removeChildren(state, { resource, recordId: before.id, parents: [] }, before.locationId);
    });
  }
}
