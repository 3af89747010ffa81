import type { CallContext, Principal } from "./call-context.ts";
import { sha256 } from "./sha256.ts";
import type { WireRequest } from "./wire-request.ts";

/** Headers that say who calls. Any other may change an answer as well, but says nothing of the caller. */
const credentialHeader = "authorization";

/** Headers of the contract: they are part of a key as they are. */
const plainHeaders: ReadonlySet<string> = new Set(["accept", "version"]);

/**
 * Who makes a call and what it asks for besides its URL, as part of the key under which its answer may be shared. `undefined` where the
 * caller is unknown: no principal with a `credential`, and no `Authorization` on the request. Then nothing may be shared.
 *
 * Holds no secret: what the request carries is hashed.
 */
export function callerIdentity({ headers }: WireRequest, { principal }: CallContext): string | undefined {
  const credential = principal?.credential;
  const isNamed = typeof credential === "string" && credential !== "";
  if (!isNamed && headers[credentialHeader] === undefined) return undefined;
  let own = "";
  for (const name in headers) if (!plainHeaders.has(name)) own += `${name}:${headers[name] ?? ""}\n`;
  return JSON.stringify([resourceIdentity(principal), isNamed ? credential : "", headers["accept"] ?? "", own === "" ? "" : sha256(own)]);
}

/**
 * Whose quota and health a call spends, as part of the key of a rate window, a breaker or a retry budget: the principal, whatever its
 * credential is, or a hash of the `Authorization` of a call without one. `undefined` where the caller is unknown.
 */
export function tenantIdentity({ headers }: WireRequest, { principal }: CallContext): string | undefined {
  if (principal !== undefined) return resourceIdentity(principal);
  const credential = headers[credentialHeader];
  return credential === undefined ? undefined : `credential ${sha256(credential)}`;
}

/** App, kind and resource of a principal. */
export function resourceIdentity(principal: Principal | undefined): string {
  return principal === undefined ? "" : `${namePart(principal.app)} ${principal.kind} ${namePart(principal.resource)}`;
}

/** Without spaces. Every layer of every call asks for it, and ids need no encoding. */
function namePart(text: string): string {
  return /^[\w-]*$/.test(text) ? text : encodeURIComponent(text);
}
