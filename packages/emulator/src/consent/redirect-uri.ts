import { hasBrandWord } from "../oauth/oauth-options.ts";

const loopbackHosts: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Whether an app may send people to a redirect URI. Loopback entries without port and path stand for all of theirs. */
export function isRegistered(redirectUri: string, registered: readonly string[]): boolean {
  const url = URL.parse(redirectUri);
  if (url === null || url.hash !== "" || url.username !== "" || hasBrandWord(redirectUri)) return false;
  return registered.some((entry) => entry === redirectUri || coversLoopback(entry, url));
}

function coversLoopback(entry: string, url: URL): boolean {
  const allowed = URL.parse(entry);
  if (allowed === null || !loopbackHosts.has(allowed.hostname)) return false;
  const isWhole = allowed.port === "" && allowed.pathname === "/" && allowed.search === "";
  return isWhole && url.protocol === allowed.protocol && url.hostname === allowed.hostname;
}
