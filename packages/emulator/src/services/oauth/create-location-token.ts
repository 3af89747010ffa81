import { issueTokens } from "../../oauth/issue-tokens.ts";
import { logTokenRequest } from "../../oauth/token-log.ts";
import { isSuspended, notActive } from "../../oauth/suspension.ts";
import { reply, type Answer } from "../../http/answer.ts";
import { badRequest } from "../../http/refusal.ts";
import type { Call } from "../../call/call.ts";
import { tokenFields } from "./token-dialect.ts";

/** Mints a location token from a company token. The location must have the app. */
export function createLocationToken(call: Call): Answer {
  const { world, generation, body } = call;
  const { app, installations } = world.oauth;
  const locationId = String(body["locationId"]);
  const companyId = String(body["companyId"]);
  const refuse = (message: string): Error => {
    logTokenRequest(world, { grant: "location_token", outcome: "refused", companyId, locationId, message });
    return badRequest(message);
  };
  const installation = installations.get(locationId);
  if (installation === undefined) throw refuse(world.options.notInstalledMessage);
  if (isSuspended(world, installation)) throw refuse(notActive);
  const withRefreshToken = world.options.locationTokenRefresh;
  const issued = issueTokens(world, installation, { withRefreshToken, expiresIn: world.options.accessTokenSeconds + 1 });
  logTokenRequest(world, { grant: "location_token", outcome: "issued", companyId, locationId });
  return reply(200, {
    ...tokenFields(issued, generation),
    userType: "Location",
    companyId,
    locationId,
    ...(installation.planId !== undefined && { planId: installation.planId }),
    userId: installation.userId,
    appId: app.id,
    versionId: installation.versionId,
  });
}
