import type { Principal } from "./call-context.ts";

/**
 * App, kind and resource of a principal as one text: the key of its tokens, leases, rate windows and circuits. Different principals have
 * different keys; the empty text stands for a call without one. Holds no secret.
 */
export function principalKey(principal: Principal | undefined): string {
  if (principal === undefined) return "";
  const { app, kind, resource } = principal;
  // Joined: a template is kept as a tree of its parts, of three times the size, for as long as the key of a map is.
  return [encoded(app), kind, encoded(resource)].join("/");
}

/** Every layer of every call asks for it, and ids need no encoding. */
function encoded(text: string): string {
  return /^[\w-]*$/.test(text) ? text : encodeURIComponent(text);
}
