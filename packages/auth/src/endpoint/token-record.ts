import { ghlError, type Principal } from "@ghlkit/core";
import type { TokenRecord } from "@ghlkit/storage";

/** Seconds an access token lives where the answer does not say. */
const defaultLifeSeconds = 86_399;
/** A refresh token lives a year, or until it is used. */
const refreshLifeMs = 365 * 86_400_000;

const known = new Set(["access_token", "token_type", "expires_in", "refresh_token", "scope", "userType", "companyId", "locationId"]);

/**
 * The pair of an answer of the token endpoint (names of RFC 6749). Life is counted from before the request.
 * What the answer to a refresh leaves out is taken from the pair before.
 * @throws GhlError `invalid_response` when the answer names no location or company.
 */
export function tokenRecord(app: string, answer: Readonly<Record<string, unknown>>, askedAt: number, before?: TokenRecord): TokenRecord {
  const companyId = text(answer["companyId"]) ?? before?.companyId;
  const locationId = text(answer["locationId"]) ?? before?.locationId;
  const stated = answer["userType"] === "Company" || answer["userType"] === "Location" ? answer["userType"] : undefined;
  const userType = before?.userType ?? stated ?? (locationId === undefined ? "Company" : "Location");
  const principal = before?.principal ?? principalOf(app, userType, companyId, locationId);
  const seconds = typeof answer["expires_in"] === "number" ? answer["expires_in"] : defaultLifeSeconds;
  const newRefresh = text(answer["refresh_token"]);
  const refreshToken = newRefresh ?? before?.refreshToken;
  const refreshExpiresAt = newRefresh === undefined ? before?.refreshExpiresAt : askedAt + refreshLifeMs;
  const scope = text(answer["scope"]);
  return {
    principal,
    accessToken: answer["access_token"] as string,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    issuedAt: askedAt,
    expiresAt: askedAt + seconds * 1000,
    ...(refreshExpiresAt === undefined ? {} : { refreshExpiresAt }),
    scopes: scope === undefined ? (before?.scopes ?? []) : scope.split(/\s+/).filter(Boolean),
    userType,
    ...(companyId === undefined ? {} : { companyId }),
    ...(locationId === undefined ? {} : { locationId }),
    extra: { ...before?.extra, ...Object.fromEntries(Object.entries(answer).filter(([name]) => !known.has(name))) },
  };
}

function principalOf(app: string, userType: "Company" | "Location", companyId?: string, locationId?: string): Principal {
  const kind = userType === "Company" ? "company" : "location";
  const resource = kind === "company" ? companyId : locationId;
  if (resource === undefined)
    throw ghlError("invalid_response", `The token endpoint gave out a token of a ${kind} without its id.`, { status: 200 });
  return { app, kind, resource };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
