import { mostRedirects, redirectTarget } from "./redirect-target.ts";

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
    const target = redirectTarget(response, at);
    if (target === undefined) return response;
    await response.body?.cancel();
    at = target;
    response = await again(at, {});
  }
  return response;
}

/** Browsers do not say where a redirect leads before it was followed. */
function withinOrigin(response: Response, url: string): Response {
  if (new URL(response.url).origin === new URL(url).origin) return response;
  return new Response(null, { status: 302, headers: { location: new URL(response.url).origin } });
}
