/**
 * Key under which facts and names of an operation are looked up: method and path without parameter names and trailing
 * slash, which the two generations do not agree on. `GET /contacts/{}`.
 */
export function routeKey(key: string): string {
  const [method = "", path = ""] = key.split(" ", 2);
  return `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, "{}").replace(/(.)\/$/, "$1")}`;
}
