import { ghlError } from "@ghlkit/core";

/** What a consent page is asked for. */
export interface ConsentUrlOptions {
  /** Client id of the app. */
  readonly clientId: string;
  /** Where the platform sends the person back to, with the code. */
  readonly redirectUri: string;
  /** Scopes that the app asks for. */
  readonly scopes: readonly string[];
  /** From `createState`. Without one the callback counts as an install that was not started here. */
  readonly state?: string;
  /**
   * Host of the consent page.
   * @default `standard`; a white-label app is not found on the other
   */
  readonly host?: "standard" | "white-label" | URL;
  /** Id of the app's version, as in install links of the portal. */
  readonly versionId?: string;
}

const hosts = { standard: "https://marketplace.gohighlevel.com", "white-label": "https://marketplace.leadconnectorhq.com" };

/** Where a person consents to the install. Location or agency is decided by the app's target user, not here. */
export function consentUrl({ clientId, redirectUri, scopes, state, host = "standard", versionId }: ConsentUrlOptions): string {
  if (scopes.length === 0) throw ghlError("invalid_request", "consentUrl: an app without scopes cannot be installed; see scopesFor().", {});
  const url = new URL("/v2/oauth/chooselocation", host instanceof URL ? host : hosts[host]);
  const query = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(" "),
    loginWindowOpenMode: "self",
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set("state", state);
  if (versionId !== undefined) url.searchParams.set("version_id", versionId);
  return url.href;
}
