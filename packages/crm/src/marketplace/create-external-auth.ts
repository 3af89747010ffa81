import { checkSecret, type CallbackSecret } from "../callbacks/callback-secret.ts";
import { readCallback, refuse } from "../callbacks/read-callback.ts";

/** Credentials that a person typed when installing the app. */
export interface ExternalCredentials {
  /** The fields that the app asks for, by key: at most three. */
  readonly fields: Readonly<Record<string, string>>;
  readonly companyId: string | undefined;
  /** The locations that they are for; empty together with `allLocations` when they are for all. */
  readonly locationIds: readonly string[];
  readonly allLocations: boolean;
  readonly excludedLocationIds: readonly string[];
}

/** Options of {@link createExternalAuth}. */
export interface ExternalAuthOptions {
  /** The header that HighLevel's calls carry, as set up beside the URL. */
  readonly secret: CallbackSecret;
  /** Checks credentials with your service and keeps them. `false` refuses them: the person sees that they are wrong. */
  readonly connect: (credentials: ExternalCredentials) => Promise<boolean>;
  /** @default 65,536 */
  readonly maxBodyBytes?: number;
}

const known: ReadonlySet<string> = new Set(["companyId", "locationId", "approveAllLocations", "excludedLocations"]);

/**
 * Answers the URL of an app's external authentication (API key or basic) with 200 or 401. Set its request up as POST, with the secret as a header.
 * @throws GhlError `invalid_request` for a secret that could be guessed.
 */
export function createExternalAuth({
  secret,
  connect,
  maxBodyBytes = 65_536,
}: ExternalAuthOptions): (request: Request) => Promise<Response> {
  checkSecret("createExternalAuth", secret);
  return async (request) => {
    const read = await readCallback(request, secret, maxBodyBytes);
    if ("refusal" in read) return read.refusal;
    const isRight = await connect(credentialsOf(read.body));
    return isRight ? Response.json({ success: true }) : refuse(401, "The credentials are not accepted.").refusal;
  };
}

function credentialsOf(body: Readonly<Record<string, unknown>>): ExternalCredentials {
  const { companyId, locationId, approveAllLocations, excludedLocations } = body;
  const fields = Object.entries(body).filter(([key, value]) => !known.has(key) && typeof value === "string");
  return {
    fields: Object.fromEntries(fields) as Readonly<Record<string, string>>,
    companyId: typeof companyId === "string" ? companyId : undefined,
    locationIds: textsOf(locationId),
    allLocations: approveAllLocations === true || approveAllLocations === "true",
    excludedLocationIds: textsOf(excludedLocations),
  };
}

function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string" && one !== "");
}
