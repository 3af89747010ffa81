import { ghlError } from "@ghlkit/core";
import type { GhlOptions } from "./create-ghl.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the options of {@link createGhl} from the environment: `GHL_TOKEN` with `GHL_LOCATION_ID` or `GHL_COMPANY_ID`, and
 * `GHL_BASE_URL` for another host.
 *
 * @throws GhlError `invalid_request`, in one sentence, when they are missing or do not go together.
 */
export function fromEnv(env: Environment = processEnv()): GhlOptions {
  const token = valueOf(env, "GHL_TOKEN");
  const location = valueOf(env, "GHL_LOCATION_ID");
  const company = valueOf(env, "GHL_COMPANY_ID");
  const baseUrl = valueOf(env, "GHL_BASE_URL");
  if (token === undefined) throw refused("GHL_TOKEN is not set: it holds the private integration token.");
  if (location !== undefined && company !== undefined)
    throw refused("GHL_LOCATION_ID and GHL_COMPANY_ID are both set: a token belongs to one of them.");
  const settings = baseUrl === undefined ? {} : { baseUrl };
  if (location !== undefined) return { token, location, ...settings };
  if (company !== undefined) return { token, company, ...settings };
  throw refused("Neither GHL_LOCATION_ID nor GHL_COMPANY_ID is set: a token cannot tell what it belongs to.");
}

function valueOf(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === "" ? undefined : value;
}

/** Runtimes without a process have no environment of this kind. */
function processEnv(): Environment {
  return (globalThis as { readonly process?: { readonly env?: Environment } }).process?.env ?? {};
}

function refused(message: string): Error {
  return ghlError("invalid_request", message, {});
}
