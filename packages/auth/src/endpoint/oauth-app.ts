import { ghlError, parseBaseUrl, type BaseUrlOptions } from "@ghlkit/core";
import { Secret } from "../secret.ts";

/** A marketplace app as its portal page shows it. */
export interface OAuthAppOptions extends BaseUrlOptions {
  /** Client id of the app, as the marketplace shows it. */
  readonly clientId: string;
  /** Shown once in the portal. Never printed, logged or put into a URL. */
  readonly clientSecret: string;
  /** Where the consent page sends people back; one of the redirect URLs of the app. Needed for the code exchange. */
  readonly redirectUri?: string;
  /**
   * Dialect of the token endpoint.
   * @default "v3"
   */
  readonly dialect?: "v2" | "v3";
  /** Default: the platform. Plain `http:` only on loopback, for the emulator. */
  readonly baseUrl?: string;
}

/** The app as the flows use it. */
export interface OAuthApp {
  readonly clientId: string;
  /** The app's id: the part of the client id before the dash. */
  readonly appId: string;
  readonly clientSecret: Secret;
  readonly redirectUri: string | undefined;
  readonly dialect: "v2" | "v3";
  readonly baseUrl: string;
}

/** @throws GhlError `invalid_request` for a client id, secret or URL that cannot be one. The secret is not shown. */
export function resolveApp(options: OAuthAppOptions): OAuthApp {
  const { clientId, clientSecret, redirectUri, dialect = "v3" } = options;
  if (typeof clientId !== "string" || !/^[\w-]+$/.test(clientId)) throw wrong("clientId is empty or no client id: copy it from the portal");
  if (typeof clientSecret !== "string" || !/^[\x21-\x7e]+$/.test(clientSecret))
    throw wrong("clientSecret is empty or contains spaces: is the environment variable set?");
  if (redirectUri !== undefined && !URL.canParse(redirectUri)) throw wrong("redirectUri is not a URL");
  const baseUrl = parseBaseUrl(options.baseUrl ?? "https://services.leadconnectorhq.com", options);
  if (!baseUrl.valid) throw wrong(baseUrl.reason.replace(/\.$/, ""));
  const appId = clientId.split("-", 1)[0] as string;
  return Object.freeze({ clientId, appId, clientSecret: new Secret(clientSecret), redirectUri, dialect, baseUrl: baseUrl.url });
}

function wrong(what: string): Error {
  return ghlError("invalid_request", `oauth: ${what}.`, {});
}
