import type { Operation } from "../contract/contract-source.ts";

/**
 * Operations that are called without a token: the token endpoint takes client credentials in its body, the widget
 * configuration is read by browsers. Other operations that state no security still need a valid token.
 */
const publicPaths: ReadonlySet<string> = new Set(["POST /oauth/token"]);

export function isPublic(operation: Operation): boolean {
  if (operation.tokens.length > 0) return false;
  return publicPaths.has(`${operation.method} ${operation.path}`) || operation.path.includes("/public/");
}
