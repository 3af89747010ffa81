import type { World } from "../state/world.ts";

const overlapMs = 7 * 86_400_000;

/**
 * Rotates a private integration token: a new one, and the old one for seven days more or no longer.
 * @throws Error when the token is none.
 */
export function rotatePrivateToken(world: World, token: string, expireNow: boolean): string {
  const { tokens, oauth, clock } = world;
  const credential = tokens.find(token);
  if (credential?.kind !== "private") throw new Error("This is no private integration token.");
  const { expiresAtMs: _, ...rest } = credential;
  const next = `pit-${oauth.ids.uuid()}`;
  tokens.add(next, rest);
  if (expireNow) tokens.remove(token);
  else tokens.add(token, { ...rest, expiresAtMs: clock.now() + overlapMs });
  return next;
}
