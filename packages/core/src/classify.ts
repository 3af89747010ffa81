import type { CallContext } from "./call-context.ts";
import type { InvalidField } from "./error-code.ts";
import { parseDailyReset } from "./daily-reset.ts";
import { ghlError, originOf, type ErrorOrigin, type GhlError } from "./ghl-error.ts";
import { parsePlatformError, traceIdOf, type PlatformError } from "./platform-error.ts";
import { readRateState } from "./rate-state.ts";
import { excerpt } from "./redact.ts";
import { parseRetryAfter } from "./retry-after.ts";

/**
 * Turns an answer that failed into the error a program can act on, from its status and body. One status has many
 * causes here: a 401 can mean a dead token, a missing scope, a wrong kind of token, a bad Version or an unknown route.
 */
export function classify(response: Response, text: string, context: CallContext, attempts: number = context.attempt): GhlError {
  const { status, headers } = response;
  const platform = parsePlatformError(text);
  const said = platform.messages.join("; ");
  const origin: ErrorOrigin = { ...originOf(context), attempts, traceId: traceIdOf(text), body: excerpt(text) };
  const where = context.operation?.id ?? context.name ?? "The request";
  const what = `${where}: ${status}${said === "" ? "" : ` "${excerpt(said, 200)}"`}`;
  const http = { status };

  // The token endpoint says it with a 400; which status calls say it with is not documented.
  if (/is not active/i.test(said))
    return ghlError("resource_inactive", `${what}. The location or its agency is paused or unpaid.`, http, origin);
  if (status === 401 || status === 403) return unauthorised(status, said, what, context, origin);
  if (status === 429) {
    const { dailyRemaining, dailyReset } = readRateState(headers);
    const hint = "Slow down with withRateLimit of @ghlkit/resilience.";
    if (dailyRemaining === 0)
      return ghlError(
        "rate_daily",
        `${what}. The day's quota is used up.`,
        { resetsAt: parseDailyReset(dailyReset, Date.now()), status },
        origin,
      );
    return ghlError("rate_burst", `${what}. ${hint}`, { retryAfterMs: parseRetryAfter(headers.get("retry-after")), status }, origin);
  }
  if (/endpoint has been removed/i.test(said) || (status === 404 && /^Cannot [A-Z]+ \//.test(said))) {
    return ghlError("route_unavailable", `${what}. The platform does not serve this route under this Version.`, http, origin);
  }
  if (status === 400) return badRequest(said, what, platform, origin);
  if (status === 404) return ghlError("not_found", what, http, origin);
  if (status === 409) return ghlError("conflict", what, http, origin);
  if (status === 413 || status === 415) return ghlError("payload_rejected", what, http, origin);
  if (status === 422) return ghlError("validation", what, { status, fields: platform.messages.map(invalidField) }, origin);
  if (status >= 500) return ghlError("server", `${what}. The platform failed.`, http, origin);
  const location = headers.get("location");
  return ghlError("http", location === null ? what : `${what}. Redirected to ${excerpt(location, 200)}: check baseUrl.`, http, origin);
}

function unauthorised(status: number, said: string, what: string, context: CallContext, origin: ErrorOrigin): GhlError {
  const http = { status };
  const { operation, principal } = context;
  if (/version header/i.test(said))
    return ghlError("version_rejected", `${what}. The operation wants Version ${operation?.version ?? "(none)"}.`, http, origin);
  if (/for this scope/i.test(said)) {
    const need = operation?.scopes ?? [];
    const names = need.length === 0 ? "a scope the documents do not name" : need.join(", ");
    return ghlError(
      "scope_missing",
      `${what}. It needs ${names}: add it to the token or app and consent again; a new token alone does not help.`,
      { status, need },
      origin,
    );
  }
  if (/auth ?class|user type is not yet supported/i.test(said)) {
    const needs = operation?.tokens ?? [];
    return ghlError("token_kind", `${what}. It accepts ${needs.join(", ") || "another kind of token"}.`, { status, needs }, origin);
  }
  if (/IAM Service/i.test(said)) return ghlError("route_unavailable", `${what}. Check method and path, case included.`, http, origin);
  if (/private integration/i.test(said))
    return ghlError("token_revoked", `${what}. Make or rotate the private integration token.`, http, origin);
  if (status === 401 && /jwt|token is invalid|expired/i.test(said))
    return ghlError("token_expired", `${what}. Refresh the access token.`, http, origin);
  if (status === 403) {
    const expected = principal?.resource;
    return ghlError(
      "resource_forbidden",
      `${what}. The token belongs to ${expected ?? "another resource"}: check locationId and ids.`,
      { status, expected },
      origin,
    );
  }
  return ghlError("http", what, http, origin);
}

function badRequest(said: string, what: string, { meta, code }: PlatformError, origin: ErrorOrigin): GhlError {
  const http = { status: 400 };
  const existingId = text(meta["contactId"]);
  if (existingId !== undefined || /duplicated contacts/i.test(said)) {
    const matchingField = text(meta["matchingField"]);
    return ghlError("duplicate", `${what}. Use the existing record ${existingId ?? ""}.`, { ...http, existingId, matchingField }, origin);
  }
  if (/invalid[ _]grant/i.test(`${said} ${code ?? ""}`))
    return ghlError("token_revoked", `${what}. The grant is used or dead.`, http, origin);
  if (/\bnot found\b/i.test(said)) return ghlError("not_found", what, http, origin);
  return ghlError("bad_request", what, http, origin);
}

/** class-validator names the field first, or after "property". */
function invalidField(message: string): InvalidField {
  const field =
    /^property (\S+) should not exist/.exec(message)?.[1] ?? /^([A-Za-z_][\w.[\]-]*) (?:must|should|is|has)\b/.exec(message)?.[1];
  return { field: field ?? "", message: excerpt(message, 300) };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
