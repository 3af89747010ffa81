import { UsageError } from "./usage-error.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The account that the environment names. */
export interface AccountEnv {
  readonly token: string;
  readonly locationId: string;
  readonly baseUrl: string | undefined;
}

/**
 * Reads `GHL_TOKEN`, `GHL_LOCATION_ID` and `GHL_BASE_URL`; `undefined` when no account is named. A line left empty in a
 * `.env` file is a variable that is not set.
 * @throws UsageError when one of the first two is missing.
 */
export function readAccountEnv(env: Environment): AccountEnv | undefined {
  const [token, locationId, baseUrl] = ["GHL_TOKEN", "GHL_LOCATION_ID", "GHL_BASE_URL"].map((name) => env[name]?.trim() || undefined);
  if (token === undefined && locationId === undefined) return undefined;
  if (token === undefined) throw new UsageError("GHL_LOCATION_ID is set but GHL_TOKEN is not: set both or neither.");
  if (locationId === undefined) throw new UsageError("GHL_TOKEN is set but GHL_LOCATION_ID is not: a token does not contain its location.");
  return { token, locationId, baseUrl };
}
