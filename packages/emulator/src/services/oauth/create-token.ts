import { GrantError, redeemCode, redeemRefreshToken } from "../../oauth/redeem.ts";
import type { IssuedTokens } from "../../oauth/issue-tokens.ts";
import { reply, type Answer } from "../../http/answer.ts";
import { badRequest } from "../../http/refusal.ts";
import type { Call } from "../../call/call.ts";
import { tokenFields } from "./token-dialect.ts";
import { readTokenRequest, type TokenGrant } from "./token-request.ts";

/** The token endpoint: exchanges codes and refresh tokens. `Version` decides the dialect. */
export function createToken(call: Call): Answer {
  const request = readTokenRequest(call);
  const issued = redeem(call, request);
  const { installation } = issued;
  const { locationId } = installation;
  return reply(200, {
    ...tokenFields(issued, call.generation),
    ...(call.generation === "v2" && { refreshTokenId: issued.refreshTokenId }),
    userType: locationId === undefined ? "Company" : "Location",
    companyId: installation.companyId,
    ...(locationId !== undefined && { locationId }),
    isBulkInstallation: installation.isBulk,
    ...(locationId === undefined && companyFields(call, issued)),
    ...(installation.planId !== undefined && { planId: installation.planId }),
    userId: installation.userId,
  });
}

function companyFields({ world }: Call, { installation }: IssuedTokens): Record<string, unknown> {
  const { companyId, isBulk, installToFutureLocations, approvesAllLocations } = installation;
  const locations = world.oauth.installations.group(companyId).flatMap(({ locationId }) => locationId ?? []);
  return {
    installToFutureLocations,
    approveAllLocations: approvesAllLocations,
    ...(isBulk && { approvedLocations: locations }),
  };
}

function redeem({ world }: Call, request: TokenGrant): IssuedTokens {
  try {
    if (request.grant === "authorization_code") return redeemCode(world, request.code, request.redirectUri);
    return redeemRefreshToken(world, request.refreshToken);
  } catch (error) {
    if (!(error instanceof GrantError)) throw error;
    const rfc = world.options.tokenErrors === "rfc6749" ? { error: error.code, error_description: error.message } : {};
    throw badRequest(error.message, rfc, request.grant === "refresh_token" ? "documented" : "inferred");
  }
}
