import type { World } from "../world.ts";
import { emitLifecycleEvent } from "./emit-lifecycle-event.ts";
import type { Installation } from "./installation.ts";

/** Puts an installation on another plan and emits PLAN_CHANGE. */
export function changePlan(world: World, installation: Installation, newPlanId: string): Installation {
  const { companyId, locationId, userId, planId } = installation;
  const changed = world.oauth.installations.put({ ...installation, planId: newPlanId });
  emitLifecycleEvent(world, {
    type: "PLAN_CHANGE",
    ...(locationId !== undefined && { locationId }),
    companyId,
    userId,
    ...(planId !== undefined && { currentPlanId: planId }),
    newPlanId,
  });
  return changed;
}

/** Brings an installation to another version of the app and emits UPDATE. */
export function updateVersion(world: World, installation: Installation, versionId: string): Installation {
  const { companyId, locationId, versionId: previousVersionId } = installation;
  const changed = world.oauth.installations.put({ ...installation, versionId });
  emitLifecycleEvent(world, { type: "UPDATE", versionId, previousVersionId, companyId, ...(locationId !== undefined && { locationId }) });
  return changed;
}
