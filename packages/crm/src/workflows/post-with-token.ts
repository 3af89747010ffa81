import { classify, createContext, ghlError, type FetchLike } from "@ghlkit/core";

/** The access token of a location: `(id) => …`. */
export type AccessTokenOf = (locationId: string) => Promise<string>;

/** Hosts that a token may be sent to. */
const platformHost = /(^|\.)leadconnectorhq\.com$/;

/** Whether a token may be sent to a URL. */
export function isPlatformUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, protocol } = new URL(url);
  return protocol === "https:" && platformHost.test(hostname);
}

/**
 * Posts JSON to the platform, with a location's token.
 * @throws GhlError `invalid_request` for a URL of another host, or without a source of tokens; else as the platform's answer is classified.
 */
export async function postWithToken(
  url: string,
  locationId: string,
  body: unknown,
  { accessToken, fetch = globalThis.fetch }: { readonly accessToken?: AccessTokenOf; readonly fetch?: FetchLike },
): Promise<void> {
  if (accessToken === undefined) throw ghlError("invalid_request", "accessToken is needed: it gives the token of a location.", {});
  if (!isPlatformUrl(url)) throw ghlError("invalid_request", `A token is not sent to ${url}: it is no URL of HighLevel.`, {});
  const token = await accessToken(locationId);
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json", Version: "2021-07-28" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw classify(response, text, createContext({ name: `POST ${new URL(url).pathname}` }));
}
