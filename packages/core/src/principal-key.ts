import type { Principal } from "./call-context.ts";

/**
 * App, kind and resource of a principal as one text: the key of its tokens, leases, rate windows and circuits. Different principals have
 * different keys; the empty text stands for a call without one. Holds no secret.
 */
export function principalKey(principal: Principal | undefined): string {
  if (principal === undefined) return "";
  const { app, kind, resource } = principal;
  return `${encodeURIComponent(app)}/${kind}/${encodeURIComponent(resource)}`;
}
