const redirects = new Set([301, 302, 303, 307, 308]);

/** As many as fetch follows (Fetch, "HTTP-redirect fetch"), give or take: a longer chain is a loop. */
const mostRedirects = 10;

/**
 * Follows the redirects of a read as long as they stay within the origin they came from. The first one that does not, or that names no
 * place, is the answer: the client reports it as an error of code `http`.
 *
 * @param again Fetches another URL with the same settings.
 */
export async function followRedirects(
  first: Response,
  url: string,
  again: (url: string, how: { readonly redirect?: "follow" }) => Promise<Response>,
): Promise<Response> {
  // A fetch that follows by itself says where it ended.
  if (first.redirected && URL.canParse(first.url)) return withinOrigin(first, url);
  let response = first;
  let at = url;
  for (let count = 0; count < mostRedirects; count += 1) {
    if (response.type === "opaqueredirect") return withinOrigin(await again(at, { redirect: "follow" }), at);
    const target = redirects.has(response.status) ? targetOf(response, at) : undefined;
    if (target === undefined || target.origin !== new URL(at).origin) return response;
    await response.body?.cancel();
    at = target.href;
    response = await again(at, {});
  }
  return response;
}

function targetOf({ headers }: Response, base: string): URL | undefined {
  const location = headers.get("location");
  if (location === null || !URL.canParse(location, base)) return undefined;
  const target = new URL(location, base);
  return target.username === "" && target.password === "" ? target : undefined;
}

/** Browsers do not say where a redirect leads before it was followed. */
function withinOrigin(response: Response, url: string): Response {
  if (new URL(response.url).origin === new URL(url).origin) return response;
  return new Response(null, { status: 302, headers: { location: new URL(response.url).origin } });
}
