import type { World } from "../world.ts";
import type { Installation } from "./installation.ts";
import type { LifecycleEvent } from "./lifecycle.ts";

type Details = Omit<LifecycleEvent, "timestamp" | "webhookId" | "appId">;

/** Puts an event into the list, with the envelope of the platform's webhooks. */
export function emitLifecycleEvent(world: World, details: Details): void {
  const { app, ids, lifecycle } = world.oauth;
  const timestamp = new Date(world.clock.now()).toISOString();
  lifecycle.add({ ...details, timestamp, webhookId: ids.uuid(), appId: app.id });
}

/** INSTALL. Locations that came after the install may come without `userId` and `companyId`. */
export function emitInstall(world: World, installation: Installation, isFuture: boolean): void {
  const { locationId, companyId, userId, versionId, planId } = installation;
  const { trialDays } = world.oauth.app;
  const isSparse = isFuture && world.options.futureInstallEvents === "sparse";
  emitLifecycleEvent(world, {
    type: "INSTALL",
    versionId,
    installType: locationId === undefined ? "Company" : "Location",
    ...(locationId !== undefined && { locationId }),
    ...(!isSparse && { companyId, userId, companyName: world.seed.companyName, isWhitelabelCompany: isWhiteLabel(world) }),
    ...(planId !== undefined && { planId }),
    ...(trialDays !== undefined && { trial: { onTrial: true, trialDuration: trialDays, trialStartDate: installation.installedAt } }),
  });
}

export function isWhiteLabel({ oauth }: World): boolean {
  return oauth.app.brand === "white-label";
}
