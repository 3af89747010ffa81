import { ghlError } from "@ghlkit/core";
import { Secret } from "../secret.ts";

/** A marketplace app as its portal page shows it. */
export interface OAuthAppOptions {
  readonly clientId: string;
  /** Shown once in the portal. Never printed, logged or put into a URL. */
  readonly clientSecret: string;
  /** Where the consent page sends people back; one of the redirect URLs of the app. Needed for the code exchange. */
  readonly redirectUri?: string;
  /** Dialect of the token endpoint. Default `v3`. */
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
  const baseUrl = checkUrl(options.baseUrl ?? "https://services.leadconnectorhq.com");
  const appId = clientId.split("-", 1)[0] as string;
  return Object.freeze({ clientId, appId, clientSecret: new Secret(clientSecret), redirectUri, dialect, baseUrl });
}

function checkUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url !== undefined && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url === undefined || !(url.protocol === "https:" || (url.protocol === "http:" && local)))
    throw wrong("baseUrl must be an https: URL (http: only on loopback)");
  return text.replace(/\/+$/, "");
}

function wrong(what: string): Error {
  return ghlError("invalid_request", `oauth: ${what}.`, {});
}
