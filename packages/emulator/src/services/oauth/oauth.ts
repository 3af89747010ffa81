import type { Handlers } from "../../call/handler.ts";
import { createLocationToken } from "./create-location-token.ts";
import { createToken } from "./create-token.ts";
import { listInstalledLocations, listInstalledLocationsV2 } from "./installed-locations.ts";

/** Tokens and where the app is installed. */
export const oauthHandlers: Handlers = {
  "oauth.createToken": createToken,
  "oauth.createLocationToken": createLocationToken,
  "oauth.createLocationTokenV2": createLocationToken,
  "oauth.listInstalledLocations": listInstalledLocations,
  "oauth.listInstalledLocationsV2": listInstalledLocationsV2,
};
