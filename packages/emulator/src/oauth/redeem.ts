import type { World } from "../world.ts";
import type { Installation } from "./installation.ts";
import { issueTokens, type IssuedTokens } from "./issue-tokens.ts";
import { isSuspended, notActive } from "./suspension.ts";
import { logTokenRequest } from "./token-log.ts";
import type { TokenRequest } from "./token-request.ts";

/** A grant that is not good: the message is the platform's where it is known. */
export class GrantError extends Error {
  override readonly name = "GrantError";
  /** Of RFC 6749, section 5.2. */
  readonly code: "invalid_grant" | "invalid_request";

  constructor(message: string, code: GrantError["code"] = "invalid_grant") {
    super(message);
    this.code = code;
  }
}

/** @throws GrantError */
export function redeemCode(world: World, code: string, redirectUri: string | undefined): IssuedTokens {
  const { codes, installations } = world.oauth;
  const grant = codes.find(code);
  const installation = grant && installations.get(grant.installationId);
  const refuse = (error: GrantError): never => refused(world, "authorization_code", "refused", installation, error);
  if (grant === undefined || installation === undefined) return refuse(new GrantError("Invalid grant: authorization code is invalid"));
  if (world.clock.now() >= grant.expiresAtMs) return refuse(new GrantError("Invalid grant: authorization code has expired"));
  if (redirectUri !== undefined && redirectUri !== grant.redirectUri) {
    return refuse(new GrantError("Invalid request: `redirect_uri` is invalid", "invalid_request"));
  }
  if (isSuspended(world, installation)) return refuse(new GrantError(notActive));
  codes.spend(code);
  logTokenRequest(world, { grant: "authorization_code", outcome: "issued", ...namesOf(installation) });
  return issueTokens(world, installation, { scopes: grant.scopes });
}

/** @throws GrantError */
export function redeemRefreshToken(world: World, token: string): IssuedTokens {
  const { refreshTokens, installations } = world.oauth;
  const nowMs = world.clock.now();
  const verdict = refreshTokens.judge(token, nowMs);
  const grant = "grant" in verdict ? verdict.grant : undefined;
  const installation = grant && installations.get(grant.installationId);
  const refuse = (outcome: "reused" | "refused", message: string): never =>
    refused(world, "refresh_token", outcome, installation, new GrantError(message));
  const invalid = "Invalid grant: refresh token is invalid";
  if (grant === undefined || installation === undefined) return refuse("refused", invalid);
  if (verdict.outcome === "reused") {
    if (world.options.refreshReuse === "revoke-family") endFamily(world, grant.family);
    return refuse("reused", invalid);
  }
  // The token is not used up by this: it works again once the location is active.
  if (isSuspended(world, installation)) return refuse("refused", notActive);
  refreshTokens.use(token, nowMs);
  logTokenRequest(world, { grant: "refresh_token", outcome: verdict.outcome === "grace" ? "grace" : "issued", ...namesOf(installation) });
  return issueTokens(world, installation, { family: grant.family, scopes: grant.scopes });
}

/** Ends every token of a family, the thief's and the owner's. Used ones are kept, so that a later use is recognised. */
function endFamily(world: World, family: string): void {
  world.oauth.refreshTokens.end((grant) => grant.family === family && grant.usedAtMs === undefined);
  world.tokens.update((credential) => (credential.family === family ? undefined : credential));
}

function refused(
  world: World,
  grant: TokenRequest["grant"],
  outcome: TokenRequest["outcome"],
  installation: Installation | undefined,
  error: GrantError,
): never {
  logTokenRequest(world, { grant, outcome, ...(installation && namesOf(installation)), message: error.message });
  throw error;
}

function namesOf({ companyId, locationId }: Installation): Pick<TokenRequest, "companyId" | "locationId"> {
  return { companyId, ...(locationId !== undefined && { locationId }) };
}
