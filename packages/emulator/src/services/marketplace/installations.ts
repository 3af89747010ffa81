import { isWhiteLabel } from "../../oauth/emit-lifecycle-event.ts";
import type { Installation } from "../../oauth/installation.ts";
import { uninstall } from "../../oauth/uninstall.ts";
import { reply } from "../../http/answer.ts";
import { badRequest } from "../../http/refusal.ts";
import { param, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";

/** What an app can ask and do about its own installation. */
export const installationHandlers: Handlers = {
  "marketplace.getInstallation": (call) => reply(200, { installationDetails: installerDetails(call, ownInstallation(call)) }),

  "marketplace.uninstallApp": (call) => {
    assertOwnApp(call);
    const { credential, world, body } = call;
    // A location token can name but itself; a company's goes for the whole company unless it names a location.
    const locationId = credential?.locationId ?? (typeof body["locationId"] === "string" ? body["locationId"] : undefined);
    const companyId = credential?.companyId ?? world.seed.companyId;
    const isGone = uninstall(world, locationId === undefined ? { companyId } : { companyId, locationId });
    if (!isGone) throw badRequest(world.options.notInstalledMessage);
    return reply(200, { success: true });
  },
};

function assertOwnApp(call: Call): void {
  if (param(call, "appId") !== call.world.oauth.app.id) throw badRequest("App not found");
}

function ownInstallation(call: Call): Installation {
  assertOwnApp(call);
  const { credential, world } = call;
  const installation = world.oauth.installations.get(credential?.locationId ?? credential?.companyId ?? "");
  if (installation === undefined) throw badRequest(world.options.notInstalledMessage);
  return installation;
}

/** What concerns the company's contract stays empty when a location asks. */
function installerDetails({ world }: Call, installation: Installation): Record<string, unknown> {
  const { companyId, locationId, userId, planId } = installation;
  const owner = world.state.users.get(world.seed.users.agencyOwner);
  const isCompany = locationId === undefined;
  return {
    companyId,
    ...(locationId !== undefined && { locationId }),
    companyName: world.seed.companyName,
    relationshipNumber: "0-000-000",
    companyEmail: isCompany ? (owner?.email ?? null) : null,
    companyOwnerFullName: isCompany ? `${owner?.firstName ?? ""} ${owner?.lastName ?? ""}`.trim() : null,
    userId,
    isWhitelabelCompany: isWhiteLabel(world),
    companyPlan: isCompany ? "agency_unlimited" : null,
    companyHighLevelPlan: isCompany ? "agency_unlimited" : null,
    ...(planId !== undefined && { marketplaceAppPlanId: planId }),
    ...(isWhiteLabel(world) && {
      whitelabelDetails: { domain: "app.lighthouse.example", logoUrl: "https://app.lighthouse.example/logo.png" },
    }),
  };
}
