import type { World } from "../world.ts";

const overlapMs = 7 * 86_400_000;

/**
 * Rotates a private integration token: a new one, and the old one for seven days more or no longer.
 * @throws Error when the token is none.
 */
export function rotatePrivateToken(world: World, token: string, expireNow: boolean): string {
  const { tokens, oauth, clock } = world;
  const credential = tokens.find(token);
  if (credential?.kind !== "private") throw new Error("This is no private integration token.");
  const { expiresAtMs: _, rotatedFrom: __, ...rest } = credential;
  const next = `pit-${oauth.ids.uuid()}`;
  tokens.add(next, expireNow ? rest : { ...rest, rotatedFrom: token });
  if (expireNow) tokens.remove(token);
  else tokens.add(token, { ...rest, expiresAtMs: clock.now() + overlapMs });
  return next;
}

/**
 * Takes a rotation back: the new token ends, and the old one, which is returned, lives on.
 * @throws Error when the token comes of no rotation, or the old one has ended meanwhile.
 */
export function cancelPrivateTokenRotation({ tokens, clock }: World, newToken: string): string {
  const old = tokens.find(newToken)?.rotatedFrom;
  const credential = old === undefined ? undefined : tokens.find(old);
  if (old === undefined || credential === undefined || (credential.expiresAtMs ?? Number.POSITIVE_INFINITY) <= clock.now()) {
    throw new Error("There is no rotation to cancel: name the new token, within seven days.");
  }
  const { expiresAtMs: _, ...rest } = credential;
  tokens.add(old, rest);
  tokens.remove(newToken);
  return old;
}
