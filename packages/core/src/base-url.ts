/** How a base URL is judged. */
export interface BaseUrlOptions {
  /**
   * Accepts plain `http:` on any host, such as a compose service with the emulator. For tests only: tokens and client secret travel in
   * the clear. Default `false`: plain `http:` on loopback alone.
   */
  readonly allowInsecureHttpForTests?: boolean | undefined;
}

/** A base URL that can be used, or why not. */
export type BaseUrlResult =
  | { readonly valid: true; /** Without its trailing slash. */ readonly url: string }
  /** One sentence. It never holds the value, which may carry a password. */
  | { readonly valid: false; readonly reason: string };

/** Judges the URL that tokens are sent to. The one rule for client, `oauth()` and environment. */
export function parseBaseUrl(text: string, { allowInsecureHttpForTests = false }: BaseUrlOptions = {}): BaseUrlResult {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return refused("baseUrl is not an absolute URL.");
  if (url.username !== "" || url.password !== "") return refused("baseUrl must not carry a user or password.");
  if (url.search !== "" || url.hash !== "") return refused("baseUrl must not carry a query or fragment.");
  if (url.protocol !== "https:" && url.protocol !== "http:") return refused(`baseUrl must be https:, not ${url.protocol}`);
  const isAllowed = isLoopback(url.hostname) || (allowInsecureHttpForTests && !isPlatform(url.hostname));
  if (url.protocol === "http:" && !isAllowed)
    return refused(`baseUrl ${url.origin} must be https: plain http would show the token to the network (loopback excepted).`);
  return { valid: true, url: url.href.replace(/\/+$/, "") };
}

/** Whether a host name is that of the machine itself. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) || hostname.endsWith(".localhost");
}

/** Real tokens never travel in the clear, whatever a test allows. */
function isPlatform(hostname: string): boolean {
  return /(^|\.)(leadconnectorhq|gohighlevel|highlevel|msgsndr)\.com\.?$/.test(hostname);
}

function refused(reason: string): BaseUrlResult {
  return { valid: false, reason };
}
