import { ghlError, sha256, type BoundResource, type Credentials, type Layer, type Principal } from "@ghlkit/core";
import { bearerToken } from "./bearer-token.ts";
import { checkBound } from "./check-bound.ts";
import { checkTokenKind } from "./check-token-kind.ts";
import type { Secret } from "./secret.ts";

/** A private integration token and the resource it was made in. The platform cannot be asked for the latter. */
export type PrivateIntegrationOptions =
  | { readonly token: string; readonly location: string; readonly company?: never }
  | { readonly token: string; readonly company: string; readonly location?: never };

/**
 * Credentials of a private integration (HighLevel: Settings → Private Integrations). The token is static: no expiry, no refresh.
 * Printing or serialising the credentials never shows it.
 *
 * @throws GhlError `invalid_request` for a token or an id that cannot be one. Each call then throws `token_kind`, before
 * anything is sent, where the operation does not accept such a token.
 */
export function privateIntegration(options: PrivateIntegrationOptions): Credentials {
  const token = bearerToken(options.token);
  const own = resourceOf(options);
  // Two tokens of one location may have different scopes: their answers are kept apart. 64 bits of a hash do not reveal a token.
  const principal: Principal = Object.freeze({ app: "private", ...own, credential: `token-${sha256(options.token).slice(0, 16)}` });
  return Object.freeze({
    principal: (operation, bound) => {
      checkBound(operation, bound, own);
      checkTokenKind(operation, own.kind);
      return principal;
    },
    stamp: stampWith(token),
    toJSON: () => ({ app: principal.app, ...own, token }),
    [Symbol.for("nodejs.util.inspect.custom")]: () => `privateIntegration { ${own.kind}: ${own.resource}, token: ${token.toString()} }`,
  } satisfies Credentials & { toJSON: () => unknown });
}

function stampWith(token: Secret): Layer {
  return (next) => (request, context) => {
    const headers = Object.freeze({ ...request.headers, authorization: `Bearer ${token.reveal()}` });
    return next(Object.freeze({ ...request, headers }), context);
  };
}

function resourceOf({ location, company }: PrivateIntegrationOptions): BoundResource {
  if (location !== undefined && company !== undefined) throw wrong("Give a location or a company, not both: a token belongs to one");
  const [kind, resource] = company === undefined ? (["location", location] as const) : (["company", company] as const);
  if (typeof resource !== "string" || resource === "") throw wrong("Give the id of the location (or company) the token was made in");
  if (!/^[\w-]+$/.test(resource)) throw wrong(`"${resource}" is not the id of a ${kind}`);
  return { kind, resource };
}

function wrong(what: string): Error {
  return ghlError("invalid_request", `privateIntegration: ${what}.`, {});
}
