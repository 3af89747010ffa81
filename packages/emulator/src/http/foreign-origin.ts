/**
 * Whether a browser sent the request for a page of another origin. Browsers name the origin with whatever may change something, and
 * do not let pages forge it; programs send none.
 */
export function isForeign({ url, headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  // A form of a page without a referrer has the origin `null`.
  if (site === "same-origin" || site === "none") return false;
  const origin = headers.get("origin");
  // Not the whole origin: a proxy may have taken TLS off.
  return origin !== null && URL.parse(origin)?.host !== new URL(url).host;
}
