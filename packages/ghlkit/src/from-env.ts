import { ghlError, parseBaseUrl } from "@ghlkit/core";
import type { GhlApp } from "./access.ts";
import type { GhlOptions, GhlSettings } from "./create-ghl.ts";
import { processEnv, valueOf, type Environment } from "./environment.ts";

/**
 * Reads the options of {@link createGhl} from the environment: `GHL_TOKEN` with `GHL_LOCATION_ID` or `GHL_COMPANY_ID`, or a marketplace
 * app's `GHL_CLIENT_ID`, `GHL_CLIENT_SECRET` and `GHL_REDIRECT_URI`; and `GHL_BASE_URL` for another host. An app's process that never
 * exchanges codes, such as a worker on tokens that are there already, does without `GHL_REDIRECT_URI`.
 * `GHLKIT_ALLOW_INSECURE_HTTP_FOR_TESTS=true` accepts plain `http:` on any host, for an emulator in another container.
 *
 * @throws GhlError `invalid_request`, in one sentence, when they are missing, do not go together, or would be ignored.
 */
export function fromEnv(env: Environment = processEnv()): GhlOptions {
  const token = valueOf(env, "GHL_TOKEN");
  const app = appOf(env);
  const settings = baseUrlOf(env);
  if (token !== undefined && app !== undefined) throw refused("GHL_TOKEN and GHL_CLIENT_ID are both set: calls are made with one of them.");
  if (app !== undefined) {
    refuseResource(env);
    return { oauth: app, ...settings };
  }
  if (token === undefined)
    throw refused("GHL_TOKEN is not set: it holds the private integration token. For a marketplace app set GHL_CLIENT_ID instead.");
  return { token, ...resourceOf(env), ...settings };
}

function appOf(env: Environment): GhlApp | undefined {
  const clientId = valueOf(env, "GHL_CLIENT_ID");
  const clientSecret = valueOf(env, "GHL_CLIENT_SECRET");
  const redirectUri = valueOf(env, "GHL_REDIRECT_URI");
  if (clientId === undefined) {
    if (clientSecret !== undefined) throw refused("GHL_CLIENT_SECRET is set and GHL_CLIENT_ID is not: they belong together.");
    if (redirectUri !== undefined) throw refused("GHL_REDIRECT_URI is set and GHL_CLIENT_ID is not: only a marketplace app has one.");
    return undefined;
  }
  if (clientSecret === undefined) throw refused("GHL_CLIENT_ID is set and GHL_CLIENT_SECRET is not: they belong together.");
  return { clientId, clientSecret, ...(redirectUri === undefined ? {} : { redirectUri }) };
}

function refuseResource(env: Environment): void {
  for (const name of ["GHL_LOCATION_ID", "GHL_COMPANY_ID"])
    if (valueOf(env, name) !== undefined)
      throw refused(`${name} and GHL_CLIENT_ID are both set: an app names location or company with each call, so unset ${name}.`);
}

const insecure = "GHLKIT_ALLOW_INSECURE_HTTP_FOR_TESTS";

function baseUrlOf(env: Environment): Pick<GhlSettings, "baseUrl" | "allowInsecureHttpForTests"> {
  const baseUrl = valueOf(env, "GHL_BASE_URL");
  const allowed = valueOf(env, insecure);
  if (allowed !== undefined && allowed !== "true") throw refused(`${insecure} can only be "true", and only in tests.`);
  if (baseUrl === undefined) {
    if (allowed !== undefined) throw refused(`${insecure} is set and GHL_BASE_URL is not: the platform is never called over plain http.`);
    return {};
  }
  const allowInsecureHttpForTests = allowed === "true";
  // Without its value: it may be a secret that got into the wrong line.
  if (!parseBaseUrl(baseUrl, { allowInsecureHttpForTests }).valid)
    throw refused("GHL_BASE_URL must be an https URL without user, query or fragment; plain http only on loopback, for the emulator.");
  return { baseUrl, ...(allowInsecureHttpForTests ? { allowInsecureHttpForTests } : {}) };
}

function resourceOf(env: Environment): { readonly location: string } | { readonly company: string } {
  const location = valueOf(env, "GHL_LOCATION_ID");
  const company = valueOf(env, "GHL_COMPANY_ID");
  if (location !== undefined && company !== undefined)
    throw refused("GHL_LOCATION_ID and GHL_COMPANY_ID are both set: a token belongs to one of them.");
  if (location !== undefined) return { location };
  if (company !== undefined) return { company };
  throw refused("Neither GHL_LOCATION_ID nor GHL_COMPANY_ID is set: a token does not contain the id of its location or company.");
}

function refused(message: string): Error {
  return ghlError("invalid_request", message, {});
}
