import { ghlError, type GhlError } from "../ghl-error.ts";
import type { FailedAnswer } from "./failed-answer.ts";

/** The causes of a 401 or 403, by the platform's words: only few of them are cured by another token. */
export function unauthorised(answer: FailedAnswer): GhlError {
  const { status, words, what, context, origin } = answer;
  const http = { status };
  const { operation } = context;
  if (/version header/i.test(words))
    return ghlError("version_rejected", `${what}. The operation wants Version ${operation?.version ?? "(none)"}.`, http, origin);
  if (/for this scope/i.test(words)) return scopeMissing(answer);
  if (/auth ?class|user type is not yet supported/i.test(words)) {
    const needs = operation?.tokens ?? [];
    return ghlError("token_kind", `${what}. It accepts ${needs.join(", ") || "another kind of token"}.`, { status, needs }, origin);
  }
  if (/IAM Service/i.test(words)) return ghlError("route_unavailable", `${what}. Check method and path, case included.`, http, origin);
  if (/private integration/i.test(words))
    return ghlError("token_revoked", `${what}. Make or rotate the private integration token.`, http, origin);
  if (status === 401 && /jwt|token is invalid|expired/i.test(words))
    return ghlError("token_expired", `${what}. ${tokenAdvice(answer)}`, http, origin);
  return isForbidden(answer) ? resourceForbidden(answer) : ghlError("http", what, http, origin);
}

/** A private integration token has no refresh, and a call without credentials has no token. */
function tokenAdvice({ context: { principal } }: FailedAnswer): string {
  if (principal === undefined) return "The call went out without credentials of ghlkit: check the token it carried, if any.";
  if (principal.app === "private")
    return "The private integration token is not accepted: check that it was copied whole and for this account, or rotate it in Settings → Private Integrations.";
  return "Refresh the access token.";
}

function scopeMissing({ status, what, context, origin }: FailedAnswer): GhlError {
  const need = context.operation?.scopes ?? [];
  const names = need.length === 0 ? "a scope the documents do not name" : need.join(", ");
  const message = `${what}. It needs ${names}: add it to the token or app and consent again; a new token alone does not help.`;
  return ghlError("scope_missing", message, { status, need }, origin);
}

/** A conversation provider of another app is refused with a 401. */
function isForbidden({ status, platform }: FailedAnswer): boolean {
  return status === 403 || platform.code?.endsWith("_NO_ACCESS") === true;
}

function resourceForbidden({ status, what, context, origin }: FailedAnswer): GhlError {
  const expected = context.principal?.resource;
  const message = `${what}. The call was made for ${expected ?? "another resource"}: check whether the token, the locationId and the ids are of one account.`;
  return ghlError("resource_forbidden", message, { status, expected }, origin);
}
