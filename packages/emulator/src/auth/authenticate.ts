import { unauthorized } from "../http/refusal.ts";
import type { Credential } from "./credential.ts";
import type { TokenRegistry } from "./token-registry.ts";

const scheme = /^Bearer\s+/i;

/** The switches of `EmulatorOptions` that authentication reads. */
export interface AuthenticationSettings {
  readonly expiredTokenMessage: string;
}

/**
 * Finds who is calling.
 * @throws Refusal 401, with the platform's text for JWTs or for private integration tokens.
 */
export function authenticate(header: string | null, registry: TokenRegistry, nowMs: number, settings: AuthenticationSettings): Credential {
  // One help page sends private tokens without the scheme word: tolerated, as the platform appears to.
  const token = header === null ? "" : header.replace(scheme, "").trim();
  const credential = registry.find(token);
  const isExpired = credential?.expiresAtMs !== undefined && nowMs >= credential.expiresAtMs;
  if (token.startsWith("pit-") && (credential === undefined || isExpired)) throw unauthorized("Invalid Private Integration token");
  if (credential === undefined) throw unauthorized("Invalid JWT");
  if (isExpired) throw unauthorized(settings.expiredTokenMessage);
  return credential;
}
