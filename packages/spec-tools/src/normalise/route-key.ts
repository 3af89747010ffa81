/**
 * Key under which facts and names of an operation are looked up: method and path without parameter names and trailing
 * slash, which the two generations do not agree on. `GET /contacts/{}`.
 */
export function routeKey(key: string): string {
  const [method = "", path = ""] = key.split(" ", 2);
  return `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, "{}").replace(/(.)\/$/, "$1")}`;
}

/** A route key without the style of its path: `GET /contacts/{}/remove-all` and `GET /contacts/{}/removeAll` are one. */
export function plainRoute(route: string): string {
  return route.replaceAll(/[-_]/g, "").toLowerCase();
}
