import { acceptsToken } from "@ghlkit/contract";
import type { Operation } from "../contract/contract-source.ts";
import { forbiddenLocation, forbiddenResource, unauthorized } from "../http/refusal.ts";
import type { Credential } from "./credential.ts";

/** Routes that answer 403 to a location's private token, as two integrators saw; others of the agency answer 401. */
const agencyRoutes: ReadonlySet<string> = new Set(["companies.get", "locations.search", "locations.create", "locations.delete"]);

/**
 * Whether the token's kind and scopes fit the operation. Operations that state neither accept every token.
 * @throws Refusal 401 in both cases, as the platform does: a missing scope is not a 403 there.
 */
export function authoriseOperation(credential: Credential, operation: Operation): void {
  if (credential.level === "location" && credential.kind === "private" && agencyRoutes.has(operation.id)) throw forbiddenResource();
  if (!acceptsToken(operation.tokens, credential.level, credential.kind)) throw unauthorized(wrongKind(credential, operation));
  const { scopes } = credential;
  if (scopes === "all" || operation.scopes === null) return;
  if (!operation.scopes.every((scope) => scopes.includes(scope))) throw unauthorized("The token is not authorized for this scope.");
}

/** Minting location tokens says it in its own words. */
function wrongKind({ kind, level }: Credential, { id }: Operation): string {
  const isMint = id.startsWith("oauth.createLocationToken");
  if (id.startsWith("conversations.") && level === "company") return "This authClass type is not allowed to access this scope";
  if (isMint && kind === "oauth" && level === "location") return "This token's user type is not yet supported!";
  return "This AuthClass is not yet supported";
}

/** Whom a request is about. */
export interface Target {
  readonly locationId: string | undefined;
  readonly companyId: string | undefined;
  /** The location of the record that the path names. */
  readonly recordLocationId: string | undefined;
}

/**
 * Whether the token reaches the location or company that the request is about.
 * @param companyOf Company of a location; `undefined` for an unknown one.
 * @throws Refusal 403.
 */
export function authoriseTarget(credential: Credential, target: Target, companyOf: (locationId: string) => string | undefined): void {
  if (target.companyId !== undefined && target.companyId !== credential.companyId) throw forbiddenLocation();
  const { locationId, recordLocationId } = target;
  if (locationId !== undefined && !reaches(credential, locationId, companyOf)) throw forbiddenLocation();
  if (recordLocationId === undefined || recordLocationId === locationId) return;
  if (!reaches(credential, recordLocationId, companyOf)) throw forbiddenLocation();
}

function reaches(credential: Credential, locationId: string, companyOf: (locationId: string) => string | undefined): boolean {
  return credential.level === "location" ? locationId === credential.locationId : companyOf(locationId) === credential.companyId;
}
