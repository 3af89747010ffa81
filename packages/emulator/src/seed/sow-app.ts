import type { Installation } from "../oauth/installation.ts";
import type { World } from "../world.ts";

/** Installs the app on the company and both locations, with a token pair for the company and one for the first location. No event is emitted. */
export function sowApp(world: World): void {
  const { seed, oauth } = world;
  const { app, installations } = oauth;
  const put = (locationId?: string): Installation =>
    installations.put({
      id: locationId ?? seed.companyId,
      companyId: seed.companyId,
      ...(locationId !== undefined && { locationId }),
      userId: seed.users.agencyOwner,
      scopes: app.scopes,
      versionId: app.versionId,
      installedAt: new Date(world.clock.now()).toISOString(),
      isBulk: locationId === undefined && app.targetUser === "Sub-account",
      approvesAllLocations: false,
      installToFutureLocations: false,
      ...(app.planId !== undefined && { planId: app.planId }),
    });
  const { appCompany, appCompanyRefresh, appLocation, appLocationRefresh } = seed.tokens;
  sowPair(world, put(), appCompany, appCompanyRefresh);
  sowPair(world, put(seed.locationId), appLocation, appLocationRefresh);
  put(seed.secondLocationId);
}

function sowPair({ tokens, oauth, clock, options }: World, installation: Installation, accessToken: string, refreshToken: string): void {
  const { id, companyId, locationId, scopes } = installation;
  const nowMs = clock.now();
  const family = `seed/${id}`;
  const level = locationId === undefined ? "company" : "location";
  tokens.add(accessToken, {
    app: oauth.app.id,
    kind: "oauth",
    level,
    companyId,
    ...(locationId !== undefined && { locationId }),
    scopes,
    family,
    expiresAtMs: nowMs + options.accessTokenSeconds * 1000,
  });
  const expiresAtMs = nowMs + options.refreshTokenSeconds * 1000;
  oauth.refreshTokens.add({ token: refreshToken, family, installationId: id, scopes, expiresAtMs });
}
