import type { CallContext } from "../call-context.ts";
import { readDailyReset } from "../daily-reset.ts";
import { ghlError, originOf, type ErrorOrigin, type GhlError } from "../ghl-error.ts";
import { readRateState } from "../rate-state.ts";
import { excerpt } from "../redact.ts";
import { readRetryAfter } from "../retry-after.ts";
import type { FailedAnswer } from "./failed-answer.ts";
import { parsePlatformError, traceIdOf } from "./platform-error.ts";
import { refusal } from "./refusal.ts";
import { isTransient } from "./transient.ts";
import { unauthorised } from "./unauthorised.ts";
import type { WireResponse } from "../wire-response.ts";

/**
 * Turns an answer that failed into the error a program can act on, from its status and body. One status has many
 * causes here: a 401 can mean a dead token, a missing scope, a wrong kind of token, a bad Version or an unknown route.
 */
export function classify(response: WireResponse, text: string, context: CallContext, attempts: number = context.attempt): GhlError {
  const { status, headers } = response;
  const platform = parsePlatformError(text);
  const words = platform.messages.join("; ");
  const origin: ErrorOrigin = {
    ...originOf(context),
    attempts,
    traceId: traceIdOf(text),
    platformCode: platform.code === undefined ? undefined : excerpt(platform.code, 100),
    body: excerpt(text),
  };
  const where = context.operation?.id ?? context.name ?? "The request";
  const what = `${where}: ${status}${words === "" ? "" : ` "${excerpt(words, 200)}"`}`;
  return causeOf({ status, headers, platform, words, isPage: isPage(text), what, context, origin });
}

/** Statuses whose causes are the platform's to state: a page of a proxy with 404 does not say that a record is gone. */
const ofThePlatform: ReadonlySet<number> = new Set([400, 401, 403, 404, 409, 422]);

const pageAdvice = "The answer is a page, not the platform's JSON: a proxy or firewall refused the call, or baseUrl is wrong.";

function isPage(text: string): boolean {
  return /^\s*<(?:!doctype|html|head|body|\?xml)/i.test(text);
}

function causeOf(answer: FailedAnswer): GhlError {
  const { status, headers, words, what, origin, platform } = answer;
  const http = { status };
  // The token endpoint says it with a 400; which status calls say it with is not documented.
  if (/is not active/i.test(words))
    return ghlError("resource_inactive", `${what}. The location or its agency is paused or unpaid.`, http, origin);
  if (isTransient(status, words)) return ghlError("server", `${what}. The platform failed for the moment.`, http, origin);
  if (answer.isPage && ofThePlatform.has(status)) return ghlError("http", `${what}. ${pageAdvice}`, http, origin);
  const refused = refusal(answer);
  if (refused !== undefined) return refused;
  if (status === 401 || status === 403) return unauthorised(answer);
  if (status === 429) return rateLimited(answer);
  if (/endpoint has been removed/i.test(words) || (status === 404 && /^Cannot [A-Z]+ \//.test(words))) {
    return ghlError("route_unavailable", `${what}. The platform does not serve this route under this Version.`, http, origin);
  }
  if (status === 422 || (status === 400 && platform.status === 422))
    return ghlError("validation", what, { status, fields: platform.messages.map(invalidField) }, origin);
  if (status === 400) return badRequest(answer);
  if (status === 404) return ghlError("not_found", what, http, origin);
  if (status === 409) return ghlError("conflict", what, http, origin);
  if (status === 413 || status === 415) return ghlError("payload_rejected", what, http, origin);
  if (status >= 500) return ghlError("server", `${what}. The platform failed.`, http, origin);
  const location = headers.get("location");
  return ghlError("http", location === null ? what : `${what}. Redirected to ${withoutQuery(location)}: check baseUrl.`, http, origin);
}

function rateLimited({ status, headers, what, context, origin }: FailedAnswer): GhlError {
  const now = context.clock?.now() ?? Date.now();
  const rate = readRateState(headers);
  if (rate.dailyRemaining === 0)
    return ghlError("rate_daily", `${what}. The day's quota is used up.`, { resetsAt: readDailyReset(rate, now), status }, origin);
  const message = `${what}. Slow down with withRateLimit of @ghlkit/resilience.`;
  return ghlError("rate_burst", message, { retryAfterMs: readRetryAfter(headers, now), status }, origin);
}

function badRequest({ words, what, platform, origin }: FailedAnswer): GhlError {
  const http = { status: 400 };
  if (/invalid[ _]grant/i.test(`${words} ${platform.code ?? ""}`))
    return ghlError("token_revoked", `${what}. The grant is used or dead.`, http, origin);
  if (/\bnot found\b|\bno \w+ found\b/i.test(words) || platform.code?.endsWith("_NOT_FOUND") === true)
    return ghlError("not_found", what, http, origin);
  return ghlError("bad_request", what, http, origin);
}

/** class-validator names the field first, or after "property". */
function invalidField(message: string): { readonly field: string; readonly message: string } {
  const field =
    /^property (\S+) should not exist/.exec(message)?.[1] ?? /^([A-Za-z_][\w.[\]-]*) (?:must|should|is|has)\b/.exec(message)?.[1];
  return { field: field ?? "", message: excerpt(message, 300) };
}

/** What stands behind a question mark can be anything, an e-mail address included. */
function withoutQuery(location: string): string {
  return excerpt(location.replace(/[?#].*$/s, ""), 200);
}
