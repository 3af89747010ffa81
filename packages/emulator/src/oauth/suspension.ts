import { reply } from "../http/answer.ts";
import { Refusal } from "../http/refusal.ts";
import type { World } from "../world.ts";
import type { Resource } from "./installation.ts";

/** The platform's word for a location that is unpaid, paused, or of an inactive agency. */
export const notActive = "Location is not active";

/** Whether a location or its company is suspended. */
export function isSuspended({ oauth }: World, { companyId, locationId }: Resource): boolean {
  if (oauth.suspended.size === 0) return false;
  return oauth.suspended.has(companyId ?? "") || oauth.suspended.has(locationId ?? "");
}

/** @throws Refusal with the configured status: what calls answer is not documented, only what a refresh does. */
export function assertActive(world: World, resource: Resource): void {
  if (!isSuspended(world, resource)) return;
  const statusCode = world.options.suspendedStatus;
  throw new Refusal(reply(statusCode, { statusCode, message: notActive }, "inferred"));
}
