/** Host of the platform, for every generation. */
export const platformUrl = "https://services.leadconnectorhq.com";

/**
 * Checks a base URL and takes its trailing slash off.
 * @throws TypeError for a URL that cannot be used: plain `http:` sends tokens in the clear, so only loopback may have it.
 */
export function checkBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new TypeError(`baseUrl ${JSON.stringify(text)} is not an absolute URL.`);
  if (url.username !== "" || url.password !== "") throw new TypeError("baseUrl must not carry a user or password.");
  if (url.search !== "" || url.hash !== "") throw new TypeError("baseUrl must not carry a query or fragment.");
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname) || url.hostname.endsWith(".localhost");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback)) {
    throw new TypeError(`baseUrl ${url.origin} must be https: plain http would show the token to the network (loopback excepted).`);
  }
  return url.href.replace(/\/+$/, "");
}
