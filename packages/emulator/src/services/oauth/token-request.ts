import { reply } from "../../http/answer.ts";
import { badRequest, Refusal, unprocessable } from "../../http/refusal.ts";
import type { Call } from "../../call/call.ts";
import { tokenDialect } from "./token-dialect.ts";

/** A token request that is complete and from the app. */
export type TokenGrant =
  | { readonly grant: "authorization_code"; readonly code: string; readonly redirectUri: string | undefined }
  | { readonly grant: "refresh_token"; readonly refreshToken: string };

/**
 * Reads a request to the token endpoint, in the order in which the platform complains.
 * @throws Refusal 400, 401 for the app's credentials, 422 for what never reaches the dialect of v2.
 */
export function readTokenRequest(call: Call): TokenGrant {
  const dialect = tokenDialect(call.generation);
  const grant = readGrantType(call, dialect.grantType);
  const clientId = required(call, dialect.clientId);
  const clientSecret = required(call, dialect.clientSecret);
  const userType = optional(call, dialect.userType);
  if (userType !== undefined && userType !== "Company" && userType !== "Location") throw invalidParameter(dialect.userType);
  const result: TokenGrant =
    grant === "authorization_code"
      ? { grant, code: required(call, "code"), redirectUri: optional(call, dialect.redirectUri) }
      : { grant, refreshToken: required(call, dialect.refreshToken) };
  assertClient(call, clientId, clientSecret);
  return result;
}

/** The dialect of v2 reads forms only: to it a JSON body is an empty one. */
function readGrantType(call: Call, name: string): "authorization_code" | "refresh_token" {
  const isV2 = call.generation === "v2";
  const value = isV2 && !call.isForm ? undefined : optional(call, name);
  if (isV2 && value === undefined) throw unprocessable([`${name} must be a valid enum value`, `${name} should not be empty`]);
  if (value === undefined) throw missingParameter(name);
  if (value === "authorization_code" || value === "refresh_token") return value;
  // What this grant yields is documented nowhere: refused in the words of the library whose texts the platform uses.
  if (value === "client_credentials") throw badRequest("Unsupported grant type: `grant_type` is invalid");
  if (isV2) throw unprocessable([`${name} must be a valid enum value`]);
  throw invalidParameter(name);
}

function assertClient({ world }: Call, clientId: string, clientSecret: string): void {
  const { app } = world.oauth;
  if (clientId === app.clientId && clientSecret === app.clientSecret) return;
  const message = "Invalid client: client is invalid";
  const rfc = world.options.tokenErrors === "rfc6749" ? { error: "invalid_client", error_description: message } : { error: "Unauthorized" };
  throw new Refusal(reply(401, { statusCode: 401, message, ...rfc }, "inferred"));
}

function optional({ body }: Call, name: string): string | undefined {
  const value = body[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function required(call: Call, name: string): string {
  const value = optional(call, name);
  if (value === undefined) throw missingParameter(name);
  return value;
}

function missingParameter(name: string): Refusal {
  return badRequest(`Missing parameter: ${name}`, {}, "documented");
}

function invalidParameter(name: string): Refusal {
  return badRequest(`Invalid parameter: ${name}`, {}, "documented");
}
