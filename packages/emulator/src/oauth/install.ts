import type { User } from "../state/user.ts";
import type { World } from "../world.ts";
import { emitInstall } from "./emit-lifecycle-event.ts";
import type { Installation } from "./installation.ts";

/** Which kind of installation an install makes. `bulk`: on a company and on locations of it. */
export type InstallKind = "company" | "location" | "bulk";

/** An install that the platform would not let a person finish. */
export class InstallError extends Error {
  override readonly name = "InstallError";
}

/**
 * What a person's install becomes, by the app's target user and who they are.
 * @throws InstallError when the app is for agencies and the person is not of one.
 */
export function installKind(world: World, user: User): InstallKind {
  const { targetUser, bulk } = world.oauth.app;
  if (targetUser === "Agency") {
    if (user.type !== "agency") throw new InstallError("Only users of the agency can install this app.");
    return "company";
  }
  return bulk && user.type === "agency" ? "bulk" : "location";
}

/** What a person chose. */
export interface InstallChoice {
  readonly user: User;
  readonly locationIds: readonly string[];
  readonly scopes: "all" | readonly string[];
  /** All locations, in place of `locationIds`. */
  readonly approvesAllLocations?: boolean;
  readonly installToFutureLocations?: boolean;
}

/**
 * Installs the app and emits INSTALL. The result is the installation that the authorization code stands for.
 * @throws InstallError when the choice does not fit.
 */
export function install(world: World, choice: InstallChoice): Installation {
  const { user, approvesAllLocations = false, installToFutureLocations = false } = choice;
  const kind = installKind(world, user);
  const common = { userId: user.id, scopes: choice.scopes, isBulk: false, approvesAllLocations: false, installToFutureLocations: false };
  if (kind === "company") return put(world, { ...common, companyId: user.companyId });
  const locationIds = approvesAllLocations ? installableLocations(world, user) : choice.locationIds;
  assertInstallable(world, user, locationIds);
  if (kind === "location") {
    if (locationIds.length > 1) throw new InstallError("This app is installed on one location at a time.");
    return put(world, { ...common, companyId: user.companyId, locationId: locationIds[0] as string });
  }
  const company = put(world, { ...common, companyId: user.companyId, isBulk: true, approvesAllLocations, installToFutureLocations });
  for (const locationId of locationIds) put(world, { ...common, companyId: user.companyId, locationId });
  return company;
}

/** Installs on a location that has just been created, if its company wants that. */
export function installOnFutureLocation(world: World, locationId: string, companyId: string): void {
  const company = world.oauth.installations.get(companyId);
  if (company?.installToFutureLocations !== true) return;
  const { userId, scopes } = company;
  const more = { isBulk: false, approvesAllLocations: false, installToFutureLocations: false };
  put(world, { userId, scopes, companyId, locationId, ...more }, true);
}

/** The locations that a person may choose. */
export function installableLocations(world: World, user: User): readonly string[] {
  const ids = world.state.locations.group(user.companyId).map((location) => location.id);
  return user.type === "agency" ? ids : ids.filter((id) => user.locationIds.includes(id));
}

function assertInstallable(world: World, user: User, locationIds: readonly string[]): void {
  if (locationIds.length === 0) throw new InstallError("Choose a location.");
  const allowed = new Set(installableLocations(world, user));
  const stranger = locationIds.find((id) => !allowed.has(id));
  if (stranger !== undefined) throw new InstallError(`The location ${stranger} is not theirs to choose.`);
}

function put(world: World, fields: Omit<Installation, "id" | "versionId" | "installedAt">, isFuture = false): Installation {
  const { app, installations } = world.oauth;
  const installation = installations.put({
    ...fields,
    id: fields.locationId ?? fields.companyId,
    versionId: app.versionId,
    installedAt: new Date(world.clock.now()).toISOString(),
    ...(app.planId !== undefined && { planId: app.planId }),
  });
  emitInstall(world, installation, isFuture);
  return installation;
}
